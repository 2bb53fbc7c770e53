/** A word as the kernel meant it: in /proc/swaps, mountinfo and fstab a blank is written `\040`. */
export function withoutOctalEscapes(word: string): string {
  return word.replace(/\\([0-3][0-7]{2})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
