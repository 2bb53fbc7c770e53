import { highestLoggedHead } from '../node/log-head.ts';
import { judgeShutdown, type ShutdownVerdict } from '../node/shutdown-verdict.ts';
import type { Engine, Journal, ObservedContainer } from '../ports.ts';

/** Enough lines to hold geth's whole shutdown and the last blocks before it. */
const LINES = 60;

/** What is known of a node's last run: how it ended and the highest head it is known to have had. */
export interface LastRun {
  /** Undefined when the container never ended, or is gone. */
  readonly shutdown: ShutdownVerdict | undefined;
  readonly head: number | undefined;
}

/** The last run of a node from its container's log and the evidence journal; `since` is the volume's birth, older heads are of another chain. */
export async function recallLastRun(
  node: string,
  container: ObservedContainer | undefined,
  since: number,
  engine: Engine,
  journal: Journal,
): Promise<LastRun> {
  const lines = container === undefined || container.startedAt === 0 ? [] : await lastLines(container, engine);
  const remembered = journal
    .read(node)
    .filter((record) => record.time >= since)
    .map((record) => record.data.number)
    .filter((number) => typeof number === 'number');
  const heads = [...remembered.slice(-1), ...[highestLoggedHead(lines)].filter((number) => number !== undefined)];
  const ended = container !== undefined && container.finishedAt > 0 && container.state !== 'running';
  return {
    shutdown: ended ? judgeShutdown(container.exitCode, lines) : undefined,
    head: heads.length === 0 ? undefined : Math.max(...heads),
  };
}

/** The last lines a container wrote in its present or last run, oldest first. */
export async function lastLines(container: ObservedContainer, engine: Engine): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of engine.logs(container.name, { tail: LINES, since: container.startedAt })) lines.push(line.text);
  return lines;
}
