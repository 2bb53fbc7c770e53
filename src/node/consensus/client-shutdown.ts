import type { ShutdownVerdict } from '../shutdown-verdict.ts';

/** 128 and the number of the signal: how a JVM, node and some others end after a close of their own. */
const SIGNAL_CODES: Readonly<Record<number, string>> = { 130: 'SIGINT', 143: 'SIGTERM' };

/**
 * Clean is exit code 0, or that of the signal: the first process of a container is not ended by a signal that it does not
 * handle, so it closed. `seconds` it was given; 137 is a kill, by the engine when they were over.
 */
export function judgeClientShutdown(exitCode: number, oomKilled: boolean, seconds: number): ShutdownVerdict {
  const signal = SIGNAL_CODES[exitCode];
  const clean = (exitCode === 0 || signal !== undefined) && !oomKilled;
  if (clean)
    return { clean, exitCode, evidence: signal === undefined ? 'exit code 0' : `exit code ${exitCode}, ended by itself after ${signal}` };
  if (oomKilled) return { clean, exitCode, evidence: `exit code ${exitCode}, out of memory by the engine` };
  const evidence = exitCode === 137 ? `exit code 137, killed; a stop gives it ${seconds} s to end` : `exit code ${exitCode}`;
  return { clean, exitCode, evidence };
}
