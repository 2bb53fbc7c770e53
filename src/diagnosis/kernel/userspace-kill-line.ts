import type { KernelEntry } from '../../ports/kernel-log.ts';
import type { UserspaceKill } from './kernel-record.ts';

/** systemd-oomd 247 and later; before 249 without what the pressure was measured of. It kills a whole group at once. */
const OOMD = /^(?:Memory pressure for .* |Swap used .* )?Killed (\/\S*) due to (?:memory|swap)/s;
/** earlyoom 1.3 and later; its name may hold quotation marks. `0 (no-op signal)` is its test of itself. */
const EARLYOOM = /^sending SIG(TERM|KILL) to process (\d{1,10}) uid \d{1,10} "(.*)": (?:badness|oom_score) -?\d+/s;

/** Whom a program outside the kernel killed for memory's sake, by its own line; undefined for any other line of it. */
export function userspaceKillLine({
  writer,
  text,
}: KernelEntry): Pick<UserspaceKill, 'victimCgroup' | 'process' | 'pid' | 'signal'> | undefined {
  if (writer === 'systemd-oomd') {
    const victimCgroup = OOMD.exec(text)?.[1];
    return victimCgroup === undefined ? undefined : { victimCgroup, process: null, pid: null, signal: 9 };
  }
  if (writer !== 'earlyoom') return undefined;
  const [, signal, pid, process] = EARLYOOM.exec(text) ?? [];
  if (pid === undefined || process === undefined) return undefined;
  return { victimCgroup: null, process, pid: Number(pid), signal: signal === 'KILL' ? 9 : 15 };
}
