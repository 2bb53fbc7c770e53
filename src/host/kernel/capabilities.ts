/** Bits of capabilities(7). */
export const CAPABILITY = { sysAdmin: 21n, sysResource: 24n, syslog: 34n } as const;

/** Whether a process has a capability in effect, by its /proc/<pid>/status; undefined when that does not tell. */
export function hasCapability(status: string, bit: bigint, set: 'CapEff' | 'CapBnd' = 'CapEff'): boolean | undefined {
  const mask = new RegExp(`^${set}:\\s*([0-9a-f]{1,32})\\s*$`, 'm').exec(status)?.[1];
  return mask === undefined ? undefined : ((BigInt(`0x${mask}`) >> bit) & 1n) === 1n;
}
