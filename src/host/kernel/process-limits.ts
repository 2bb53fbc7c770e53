/** `Max open files` of a /proc/<pid>/limits; Infinity = unlimited. */
export interface OpenFileLimit {
  readonly soft: number;
  readonly hard: number;
}

/** The limit of open files of a process; undefined when the file has another shape. */
export function openFileLimit(limits: string): OpenFileLimit | undefined {
  const [, soft, hard] = /^Max open files\s+(\d{1,15}|unlimited)\s+(\d{1,15}|unlimited)\b/m.exec(limits) ?? [];
  if (soft === undefined || hard === undefined) return undefined;
  const number = (word: string) => (word === 'unlimited' ? Number.POSITIVE_INFINITY : Number(word));
  return { soft: number(soft), hard: number(hard) };
}
