import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { withoutOctalEscapes } from '../../../src/host/kernel/octal-escapes.ts';
import { addFstabLine, fstabLine, isPersistent, ownFstabPaths, removeFstabLine } from '../../../src/host/swap/fstab-line.ts';

/** Lines as people and installers leave them, whole and broken. */
const line = fc.oneof(
  fc.constantFrom(
    '# /etc/fstab: static file system information.',
    'UUID=0a3407de / ext4 errors=remount-ro 0 1',
    '  /dev/sda2\t\tnone   swap\tsw 0 0  ',
    '/swapfile none swap sw 0 0',
    '/swapfile',
    '#/swapfile none swap sw,x-nodectl 0 0',
    '/swapfile none swap sw,noauto 0 0',
    'tmpfs /tmp tmpfs defaults 0 0\r',
    '',
    '\t',
  ),
  fc.string({ unit: 'grapheme' }),
  fc.string(),
);
const text = fc
  .tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.constantFrom('', '\n', '\r\n'))
  .map(([lines, ending, last]) => lines.join(ending) + last);
const path = fc
  .array(fc.string({ unit: fc.constantFrom(...'ab #\\\tü0.-'), minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 3 })
  .map((parts) => `/${parts.join('/')}`);

describe('a line added to fstab', () => {
  it('is taken back to the same bytes, whatever the text', () => {
    fc.assert(
      fc.property(fc.option(text, { nil: undefined }), path, (before, file) => {
        fc.pre(!ownFstabPaths(before).includes(file));
        const added = addFstabLine(before, file);
        expect(removeFstabLine(added.text, file).text).toBe(before);
      }),
      { numRuns: 2000 },
    );
  });

  it('stands there once, is found, and all other lines stay as they were', () => {
    fc.assert(
      fc.property(text, path, (before, file) => {
        fc.pre(!isPersistent(before, file));
        const once = addFstabLine(before, file);
        expect([once.changed, isPersistent(once.text, file), ownFstabPaths(once.text).includes(file)]).toEqual([true, true, true]);
        expect(once.text?.startsWith(before)).toBe(true);
        expect(addFstabLine(once.text, file)).toEqual({ text: once.text, changed: false });
      }),
      { numRuns: 2000 },
    );
  });

  it('has the path as its first field, blanks escaped', () => {
    fc.assert(fc.property(path, (file) => withoutOctalEscapes(fstabLine(file).split(' ')[0] ?? '') === file));
  });
});

test.each([
  [
    'a file without an end of its last line',
    'UUID=1 / ext4 defaults 0 1',
    'UUID=1 / ext4 defaults 0 1\n/s none swap sw,nofail,x-nodectl.newline 0 0\n',
  ],
  ['an empty file', '', '/s none swap sw,nofail,x-nodectl 0 0\n'],
  ['no file', undefined, '/s none swap sw,nofail,x-nodectl.file 0 0\n'],
])('%s gets the line', (_what, before, after) => {
  expect(addFstabLine(before, '/s').text).toBe(after);
});

it('keeps the end of a line that now stands before others', () => {
  const added = addFstabLine('first', '/s').text ?? '';
  expect(removeFstabLine(`${added}later\n`, '/s').text).toBe('first\nlater\n');
});

it("takes none of a person's lines", () => {
  const before = '/s none swap sw 0 0\n/s none swap sw 0 0\n/s\n';
  expect(removeFstabLine(before, '/s')).toEqual({ text: before, changed: false });
});

it('takes every line of ours for the path and none for another', () => {
  const own = `${fstabLine('/s')}\n`;
  expect(removeFstabLine(`${own}# mine\n${own}${fstabLine('/t')}\n`, '/s').text).toBe(`# mine\n${fstabLine('/t')}\n`);
});
