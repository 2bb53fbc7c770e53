/** Processors by /proc/cpuinfo (`processor : 0` on x86 and ARM, `processor 0:` on s390); undefined when it tells none. */
export function processorCount(cpuinfo: string): number | undefined {
  const count = cpuinfo.match(/^processor(?:\s*:|\s+\d+:)/gm)?.length ?? 0;
  return count === 0 ? undefined : count;
}
