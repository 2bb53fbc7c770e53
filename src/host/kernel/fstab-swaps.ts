import { withoutOctalEscapes } from './octal-escapes.ts';

/** What /etc/fstab makes swap at boot: its first fields (a path, `UUID=…`, `LABEL=…`); entries with `noauto` are none. */
export function fstabSwaps(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => {
    const [source, , type, options = ''] = line.trim().split(/[ \t]+/);
    if (source === undefined || source === '' || source.startsWith('#') || type !== 'swap') return [];
    return options.split(',').includes('noauto') ? [] : [withoutOctalEscapes(source)];
  });
}
