import type { CaseEvidence } from './evidence.ts';
import { line } from './evidence-lines.ts';
import { endOf } from './run-phase.ts';
import type { EvidenceLine } from './verdict.ts';

/** The engine's process, or the whole host, began anew around the end of a run. */
export interface EngineRestart {
  readonly what: 'host' | 'engine';
  readonly at: number;
  readonly evidence: EvidenceLine;
}

/** The engine comes back within this time after it ended its containers; a host takes longer to boot. */
const ENGINE_MS = 2 * 60_000;
const HOST_MS = 15 * 60_000;
/** An engine that finds a container dead at its own start writes that moment down as the end, and forgets the code 255 where it starts it again. */
const FOUND_DEAD_MS = 5 * 60_000;

/** The restart that a run ended with; undefined where none is known. */
export function engineRestart(evidence: CaseEvidence): EngineRestart | undefined {
  const end = endOf(evidence);
  if (end === undefined) return undefined;
  const { bootedAt, engineStartedAt } = evidence.host;
  const fits = (at: number | null, within: number): at is number => {
    if (at === null || evidence.run.startedAt >= at) return false;
    const gap = at - end.at;
    return gap <= within && gap >= (end.code === 255 || end.code === null ? -FOUND_DEAD_MS : 0);
  };
  if (fits(bootedAt, HOST_MS)) return { what: 'host', at: bootedAt, evidence: line('/proc/stat btime', 'the host booted', bootedAt) };
  if (fits(engineStartedAt, ENGINE_MS)) {
    return { what: 'engine', at: engineStartedAt, evidence: line('/proc/<pid>/stat of the engine', 'the engine started', engineStartedAt) };
  }
  return undefined;
}
