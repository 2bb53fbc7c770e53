import type { BootLoader, ParameterChange } from '../boot-loader.ts';

/** The line that is added to grub's defaults; the file is a shell script, so it holds whatever stands above. */
const GRUB_ADDITION = (words: string) => `GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX ${words}"\n`;

/**
 * The text of a boot loader's file with a change of the kernel's command line, every other byte as it was; undefined where
 * nothing has to change, or where this kind of file is not one to edit.
 */
export function withParameters(kind: BootLoader['kind'], text: string, { add, remove }: ParameterChange): string | undefined {
  const words = (line: string) => remove.reduce(withoutWord, line);
  const edited = edit(kind, text, words, add);
  return edited === undefined || edited === text ? undefined : edited;
}

function edit(kind: BootLoader['kind'], text: string, words: (line: string) => string, add: readonly string[]): string | undefined {
  switch (kind) {
    case 'grub': {
      const left = text.replace(/^[ \t]*(?:export[ \t]+)?GRUB_CMDLINE_LINUX(?:_DEFAULT)?=.*$/gm, words);
      const missing = add.filter((word) => !hasWord(grubLines(left), word));
      if (missing.length === 0) return left;
      return `${left}${left === '' || left.endsWith('\n') ? '' : '\n'}${GRUB_ADDITION(missing.join(' '))}`;
    }
    // One line; what follows a line's end is not read by the firmware.
    case 'raspberry-pi':
    case 'systemd-boot':
      return text.replace(/^.*/, (line) => withWords(words(line), add));
    case 'extlinux':
      return text.replace(/^([ \t]*append[ \t]+)(.*)$/gim, (_, head: string, line: string) => `${head}${withWords(words(line), add)}`);
    case 'alpine':
      return text.replace(
        /^(default_kernel_opts=")([^"\n]*)(")/m,
        (_, head: string, line: string, end: string) => `${head}${withWords(words(line), add)}${end}`,
      );
    default:
      return undefined;
  }
}

function grubLines(text: string): string {
  return [...text.matchAll(/^[ \t]*(?:export[ \t]+)?GRUB_CMDLINE_LINUX=.*$/gm)].map(([line]) => line).join(' ');
}

function withWords(line: string, add: readonly string[]): string {
  const missing = add.filter((word) => !hasWord(line, word));
  return missing.length === 0 ? line : [...(line.trim() === '' ? [] : [line.trimEnd()]), ...missing].join(' ');
}

const EDGE = '[\\s"\'=]';

function hasWord(line: string, word: string): boolean {
  return new RegExp(`(?:^|${EDGE})${escaped(word)}(?=$|[\\s"'])`).test(line);
}

function withoutWord(line: string, word: string): string {
  return line.replace(new RegExp(`(^|["'= \\t])${escaped(word)}(?=$|["' \\t])[ \\t]?`, 'g'), '$1');
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
