/** Where nodectl keeps the kernel settings that it makes lasting. */
export const SYSCTL_FILE = '/etc/sysctl.d/99-nodectl.conf';

const NOTE = /^# nodectl: (\S+) was (\S+)$/;

/** The value a sysctl.d(5) text gives a key, the last one; undefined for none. `vm/swappiness` and a leading `-` are its other spellings. */
export function sysctlValue(text: string, key: string): string | undefined {
  let value: string | undefined;
  for (const line of text.split('\n')) value = assigned(line, key) ?? value;
  return value;
}

/** What the key was before nodectl set it, as the text notes it. */
export function sysctlBefore(text: string, key: string): string | undefined {
  return text.split('\n').flatMap((line) => {
    const [, name, was] = NOTE.exec(line) ?? [];
    return name === key && was !== undefined ? [was] : [];
  })[0];
}

/**
 * The text that sets the key, with a note of the value it had; every other byte stays. Where the text sets it already that value is
 * replaced and the note of the first time stays.
 */
export function setSysctl(text: string | undefined, key: string, value: string, before: string): string {
  const lines = (text ?? '').split('\n');
  if (!lines.some((line) => assigned(line, key) !== undefined)) return `# nodectl: ${key} was ${before}\n${key} = ${value}\n${text ?? ''}`;
  return lines.map((line) => (assigned(line, key) === undefined ? line : `${key} = ${value}`)).join('\n');
}

/** The text without our note and the line below it; undefined when nothing is left. Lines that somebody else wrote stay. */
export function unsetSysctl(text: string | undefined, key: string): string | undefined {
  const lines = (text ?? '').split('\n');
  const left = lines.filter((line, index) => {
    const notes = (each: string | undefined) => NOTE.exec(each ?? '')?.[1] === key;
    return (
      !(notes(line) && assigned(lines[index + 1] ?? '', key) !== undefined) &&
      !(notes(lines[index - 1]) && assigned(line, key) !== undefined)
    );
  });
  const result = left.join('\n');
  return result === '' ? undefined : result;
}

/** A text of sysctl.d with its path. */
export interface SysctlText {
  readonly path: string;
  readonly text: string;
}

/**
 * The file that has the last word on a key at boot: files by their names wherever they lie, /etc/sysctl.conf (where it is read) at
 * the end. Undefined when none sets it.
 */
export function lastWord(files: readonly SysctlText[], key: string): (SysctlText & { readonly value: string }) | undefined {
  const rank = ({ path }: SysctlText) => (path === '/etc/sysctl.conf' ? '\u{10ffff}' : (path.split('/').at(-1) ?? ''));
  const ordered = [...files].sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
  for (const file of ordered.reverse()) {
    const value = sysctlValue(file.text, key);
    if (value !== undefined) return { ...file, value };
  }
  return undefined;
}

function assigned(line: string, key: string): string | undefined {
  const [, name = '', value] = /^\s*-?([\w./-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
  return value !== undefined && name.replaceAll('/', '.') === key ? value : undefined;
}
