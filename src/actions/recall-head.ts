import { bornAt, sinceBirth } from '../diagnosis/journal-notes.ts';
import { LABEL_ROLE } from '../node/labels.ts';
import { highestLoggedHead } from '../node/log-head.ts';
import { judgeShutdown, type ShutdownVerdict } from '../node/shutdown-verdict.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Journal } from '../ports.ts';

/** Enough lines to hold geth's whole shutdown and the last blocks before it. */
const LINES = 200;

/** What is known of a node's run before the present one. */
export interface LastRun {
  /** How it ended; undefined when it runs, never ran, or its container is gone. */
  readonly shutdown: ShutdownVerdict | undefined;
  /** The highest head it is known to have had; undefined when nothing is known, or nothing was started since it was noted. */
  readonly head: number | undefined;
}

/**
 * The last run of a node, from its container's log and the evidence journal. `since` is the volume's birth: older heads
 * are of another chain. A container that the engine restarted by itself counts as a new run.
 */
export async function recallLastRun(
  node: string,
  container: ObservedContainer | undefined,
  since: number,
  engine: Engine,
  journal: Journal,
): Promise<LastRun> {
  // A light client keeps no chain that a bad end could harm.
  if (container?.labels[LABEL_ROLE] === 'light') return { shutdown: undefined, head: undefined };
  const past = journal.read(node);
  // A chain that was removed is no part of the one that took its place in the same volume.
  const born = Math.max(since, bornAt(past));
  const noted = sinceBirth(past).findLast((record) => record.time >= since && typeof record.data.number === 'number');
  const running = container?.state === 'running';
  if (running && noted !== undefined && container.startedAt <= noted.time) return { shutdown: undefined, head: undefined };
  const neverRan = container === undefined || container.startedAt === 0;
  const lines = neverRan ? [] : await logTail(container, noted?.time ?? born, engine);
  const heads = [Number(noted?.data.number ?? -1), highestLoggedHead(lines) ?? -1];
  const head = Math.max(...heads);
  return {
    shutdown: neverRan || running ? undefined : judgeShutdown(container.exitCode, await lastLines(container, engine)),
    head: head < 0 ? undefined : head,
  };
}

/** The last lines a container wrote in its present or last run, oldest first. */
export async function lastLines(container: ObservedContainer, engine: Engine): Promise<readonly string[]> {
  return logTail(container, container.startedAt, engine);
}

async function logTail(container: ObservedContainer, since: number, engine: Engine): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of engine.logs(container.name, { tail: LINES, since })) lines.push(line.text);
  return lines;
}
