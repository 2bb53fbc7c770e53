/**
 * Milliseconds since boot by the clock that stamps the kernel's log, from the scheduler's file (/sys/kernel/debug/sched/debug, before
 * 5.13 /proc/sched_debug). That clock is not corrected by the network's time as the machine's is, so that it is off by seconds after
 * weeks. Undefined for any other text.
 */
export function logClock(text: string): number | undefined {
  const milliseconds = /^cpu_clk\s*:\s*(\d{1,15}\.\d{1,6})\s*$/m.exec(text)?.[1];
  return milliseconds === undefined ? undefined : Number(milliseconds);
}
