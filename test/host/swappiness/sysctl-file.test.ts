import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { mostSwappiness } from '../../../src/host/swappiness/swappiness-range.ts';
import { lastWord, setSysctl, sysctlBefore, sysctlValue, unsetSysctl } from '../../../src/host/swappiness/sysctl-file.ts';

const KEY = 'vm.swappiness';
const line = fc.oneof(
  fc.constantFrom('# comment', 'vm.overcommit_memory = 1', '-net.ipv4.ip_forward=1', ';', '', '# nodectl: vm.other was 1'),
  fc.string(),
);
const text = fc.tuple(fc.array(line), fc.constantFrom('', '\n')).map(([lines, last]) => lines.join('\n') + last);

describe('a key set in the text of others', () => {
  it('has its value and what it was before', () => {
    fc.assert(
      fc.property(fc.option(text, { nil: undefined }), (before) => {
        const set = setSysctl(before, KEY, '10', '60');
        expect(sysctlValue(set, KEY)).toBe('10');
        fc.pre(sysctlValue(before ?? '', KEY) === undefined);
        expect(sysctlBefore(set, KEY)).toBe('60');
      }),
    );
  });

  it('is taken back to the same bytes, also after it was set twice', () => {
    fc.assert(
      fc.property(text, (before) => {
        fc.pre(sysctlValue(before, KEY) === undefined);
        const twice = setSysctl(setSysctl(before, KEY, '10', '60'), KEY, '20', '10');
        expect(sysctlBefore(twice, KEY)).toBe('60');
        expect(unsetSysctl(twice, KEY) ?? '').toBe(before);
      }),
      { numRuns: 1000 },
    );
  });
});

it('leaves a line that somebody else wrote', () => {
  expect(unsetSysctl('vm.swappiness = 5\n', KEY)).toBe('vm.swappiness = 5\n');
});

test.each([
  ['vm.swappiness=10', '10'],
  ['  vm/swappiness = 10  ', '10'],
  ['-vm.swappiness = 10\nvm.swappiness = 20', '20'],
  ['#vm.swappiness = 10', undefined],
  ['vm.swappinessx = 10', undefined],
])('%j sets %s', (text, value) => {
  expect(sysctlValue(text, KEY)).toBe(value);
});

test('the last file by name has the last word, /etc/sysctl.conf after all', () => {
  const files = (...paths: string[]) => paths.map((path, index) => ({ path, text: `${KEY} = ${index}\n` }));
  const last = (...paths: string[]) => lastWord(files(...paths), KEY)?.path;
  expect(last('/etc/sysctl.d/99-nodectl.conf', '/usr/lib/sysctl.d/50-default.conf')).toBe('/etc/sysctl.d/99-nodectl.conf');
  expect(last('/etc/sysctl.d/99-nodectl.conf', '/etc/sysctl.d/99-sysctl.conf')).toBe('/etc/sysctl.d/99-sysctl.conf');
  expect(last('/etc/sysctl.conf', '/etc/sysctl.d/zz.conf')).toBe('/etc/sysctl.conf');
  expect(last()).toBeUndefined();
});

test.each([
  ['5.7.19', 100],
  ['5.8.0-rc1', 200],
  ['3.10.0-1160.el7', 100],
  ['6.18.44-fc', 200],
  ['', 200],
])('the range of %s ends at %i', (release, most) => {
  expect(mostSwappiness(release)).toBe(most);
});
