/** Both end with where it happened; the name is the process's own choice, hence the anchors. */
const FAULTS = [
  /^(.{1,64})\[(\d{1,10})\]: segfault at [0-9a-f]{1,16} ip [0-9a-f]{1,16} sp /s,
  /^traps: (.{1,64})\[(\d{1,10})\] (?:trap [a-z ]{1,40}|general protection fault) ip:[0-9a-f]{1,16} sp:/s,
  // Before 4.20 `traps:` took a blank away and `general protection` no `fault`; arm64 has words of its own.
  /^traps: (.{1,64})\[(\d{1,10})\] general protection ip:/s,
  /^(.{1,64})\[(\d{1,10})\]: (?:unhandled|undefined instruction)[ :]/s,
] as const;

/** A process that a fault of its own ended, by the line of the kernel that says so; undefined for any other line. */
export function faultLine(text: string): { readonly process: string; readonly pid: number } | undefined {
  if (!/segfault at|^traps: |unhandled|undefined/.test(text)) return undefined;
  for (const pattern of FAULTS) {
    const [, process, pid] = pattern.exec(text) ?? [];
    if (process !== undefined) return { process, pid: Number(pid) };
  }
  return undefined;
}
