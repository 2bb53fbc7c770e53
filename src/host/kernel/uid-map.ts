/** Whether a /proc/self/uid_map is that of the machine itself: every user stands for itself. */
export function isWholeUidMap(text: string): boolean {
  return /^\s*0\s+0\s+4294967295\s*$/.test(text);
}
