import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withParameters } from '../../../src/host/fixes/command-line-edit.ts';

const ADD = { add: ['swapaccount=1'], remove: [] };
const DROP = { add: [], remove: ['swapaccount=0'] };
const GRUB = '# comment, kept\nGRUB_DEFAULT=0\nGRUB_CMDLINE_LINUX_DEFAULT="quiet splash"\nGRUB_CMDLINE_LINUX=""\n';

test('grub: a line is added at the end and every other byte stays', () => {
  expect(withParameters('grub', GRUB, ADD)).toBe(`${GRUB}GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX swapaccount=1"\n`);
  expect(withParameters('grub', 'X=1', ADD)).toBe('X=1\nGRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX swapaccount=1"\n');
});

test.each([
  ['GRUB_CMDLINE_LINUX="swapaccount=0"\n', 'GRUB_CMDLINE_LINUX=""\n'],
  ["GRUB_CMDLINE_LINUX_DEFAULT='quiet swapaccount=0 splash'\n", "GRUB_CMDLINE_LINUX_DEFAULT='quiet splash'\n"],
  ['GRUB_CMDLINE_LINUX="xswapaccount=0 swapaccount=01"\n', undefined],
  ['# swapaccount=0\nOTHER="swapaccount=0"\n', undefined],
])('grub: %j loses the word where it is one: %j', (text, wanted) => {
  expect(withParameters('grub', text, DROP)).toBe(wanted);
});

test.each([
  ['raspberry-pi', 'console=tty1 root=PARTUUID=1 rootwait\n', 'console=tty1 root=PARTUUID=1 rootwait swapaccount=1\n'],
  ['raspberry-pi', 'rootwait', 'rootwait swapaccount=1'],
  ['systemd-boot', 'root=/dev/sda1\n', 'root=/dev/sda1 swapaccount=1\n'],
  ['alpine', 'x=1\ndefault_kernel_opts="quiet"\n', 'x=1\ndefault_kernel_opts="quiet swapaccount=1"\n'],
  [
    'extlinux',
    'label a\n  append root=/dev/sda1\nlabel b\n\tAPPEND x\n',
    'label a\n  append root=/dev/sda1 swapaccount=1\nlabel b\n\tAPPEND x swapaccount=1\n',
  ],
  ['grubby', GRUB, undefined],
] as const)('%s: %j becomes %j', (kind, text, wanted) => {
  expect(withParameters(kind, text, ADD)).toBe(wanted);
});

test('a second time nothing has to change, for any text', () => {
  const line = fc.constantFrom(
    'GRUB_CMDLINE_LINUX="a b"',
    'GRUB_CMDLINE_LINUX=',
    'append x',
    'default_kernel_opts=""',
    '',
    'swapaccount=0 x',
    '#',
  );
  const text = fc.array(line).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, fc.constantFrom('grub', 'raspberry-pi', 'systemd-boot', 'extlinux', 'alpine'), (before, kind) => {
      const change = { add: ['swapaccount=1'], remove: ['swapaccount=0'] };
      const once = withParameters(kind as 'grub', before, change) ?? before;
      expect(withParameters(kind as 'grub', once, change)).toBeUndefined();
    }),
  );
});
