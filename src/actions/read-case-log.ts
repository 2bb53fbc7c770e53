import type { CaseEvidence, Run } from '../diagnosis/evidence.ts';
import { lineSigner, type SignedLog } from '../diagnosis/signatures/sign-lines.ts';
import type { SignedLine } from '../diagnosis/signatures/signature.ts';
import { readLevel } from '../node/log/read-log-line.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine, LogQuery } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { logBeginsNear } from './log-begins-near.ts';

/** What a diagnosis gives the log of one run on a busy host, however long it is. */
const BUDGET_MS = 3_000;
/** Once a run's last lines are there, those before them and those of its start are waited for no longer than this. */
const MORE_MS = 700;

/** How many lines are read from the end, more and more while they do not reach back far enough: a busy engine gives ten in a millisecond. */
const LADDER = [200, 2_000, 10_000] as const;
/** Of one run, these tell how it ended unless they begin within a stack. */
const ENOUGH = 500;

/** How long after its start a run says in what state it found its database. */
const START_MS = 2 * 60_000;

/** The engine notes a start a moment after or before the program's own first lines. */
const SLACK_MS = 50;

/** On a busy host it takes a program's last lines so long after its end (1.7 s were seen), and begins the next run only then. */
const DRAIN_MS = 2_000;

interface Window {
  readonly from: number;
  /** Infinity for a run after which there is no other. */
  readonly to: number;
}

interface Part extends SignedLog {
  /** Of its first line; Infinity where there is none. */
  readonly firstAt: number;
  /** Lines that came, those of other runs included. */
  readonly came: number;
  readonly count: number;
  /** A line of an earlier run came first. */
  readonly sawEarlier: boolean;
  /** Its first line is a part of something that began before. */
  readonly beginsWithin: boolean;
}

/**
 * What a run's log tells of it: its last lines, what is recognised among some thousand of them, and of its start. Constant in memory
 * and bounded in time by `deadline` (an instant); what the engine does not give, as with a log driver that cannot be read, is left out.
 */
export async function readCaseLog(
  container: ObservedContainer,
  run: Run,
  deadline: number,
  engine: Engine,
  clock: Clock,
): Promise<Pick<CaseEvidence, 'signed' | 'lastLines'>> {
  if (run.startedAt === 0) return { signed: [], lastLines: [] };
  const stop = new AbortController();
  const patience = new AbortController();
  const stopAfter = (ms: number) =>
    clock.sleep(Math.max(0, Math.min(ms, deadline - clock.now())), patience.signal).then(
      () => stop.abort('late'),
      () => {},
    );
  const late = [stopAfter(BUDGET_MS)];
  const read = (query: LogQuery, window: Window) => readPart(container.id, { ...query, signal: stop.signal }, window, engine);
  const window = windowOf(container, run);
  let end: Part | undefined;
  const earlier: SignedLine[] = [];
  try {
    let reached = false;
    for (const tail of LADDER) {
      const part = await read({ tail, until: finite(window.to) }, window);
      if (stop.signal.aborted && end !== undefined) {
        // Its end did not come any more, but the words before a long stack stand at its beginning.
        earlier.push(...part.signed);
        break;
      }
      reached = part.sawEarlier || (part.came > 0 && part.came === end?.came) || (!Number.isFinite(window.to) && part.came < tail);
      if (end === undefined) late.push(stopAfter(MORE_MS));
      end = part;
      if (reached) break;
      if (part.count < ENOUGH) continue;
      if (earlier.length === 0 && logBeginsNear(container, run)) {
        const to = Math.min(window.from + START_MS, part.firstAt - 1);
        earlier.push(...(await read({ since: window.from, until: to }, { from: window.from, to })).signed);
      }
      if (!part.beginsWithin) break;
    }
  } catch {
    // Told by the empty answer: a death is judged by everything else too.
  } finally {
    patience.abort('in time');
    await Promise.all(late);
  }
  return { signed: joined(earlier, end), lastLines: end?.lastLines ?? [] };
}

/** Of lines that were read twice, one. */
function joined(earlier: readonly SignedLine[], end: Part | undefined): readonly SignedLine[] {
  const lines = [...earlier.filter(({ at }) => at <= (end?.firstAt ?? 0)), ...(end?.signed ?? [])];
  return [...new Map(lines.map((line) => [`${line.at} ${line.text}`, line])).values()];
}

/** The instants between which a container's lines are this run's: the next one may begin at once. */
function windowOf(container: ObservedContainer, run: Run): Window {
  const from = run.startedAt - SLACK_MS;
  const isLast = run.endedAt === null || container.startedAt <= run.startedAt;
  return { from, to: isLast ? Number.POSITIVE_INFINITY : Math.min((run.endedAt ?? 0) + DRAIN_MS, container.startedAt - SLACK_MS) };
}

async function readPart(container: string, query: LogQuery, { from, to }: Window, engine: Engine): Promise<Part> {
  const signer = lineSigner();
  let came = 0;
  let count = 0;
  let firstAt = Number.POSITIVE_INFINITY;
  let sawEarlier = false;
  let beginsWithin = false;
  for await (const line of engine.logs(container, query)) {
    came++;
    const at = Date.parse(line.time);
    if (at < from) sawEarlier = true;
    if (at > to) break;
    if (at < from) continue;
    if (count++ === 0) {
      firstAt = Number.isNaN(at) ? from : at;
      beginsWithin = !sawEarlier && readLevel(line.text.slice(0, 1_000)) === null;
    }
    signer.take(line);
    if (query.signal?.aborted) break;
  }
  return { ...signer.told(), firstAt, came, count, sawEarlier, beginsWithin };
}

function finite(instant: number): number | undefined {
  return Number.isFinite(instant) ? instant : undefined;
}
