import { NodectlError } from '../errors.ts';
import { executionShare } from '../node/consensus/split-budget.ts';
import { DATA_DIRECTORY } from '../node/container-paths.ts';
import { safeContainer } from '../node/container-safety.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { readLogLine } from '../node/log/read-log-line.ts';
import { partNames } from '../node/names.ts';
import { printable } from '../node/printable.ts';
import type { NodeSpec } from '../node/spec.ts';
import { freedBytes, prunerLabels, prunerName, readPruner } from '../node/upkeep/prune-record.ts';
import { GETH_COMMANDS, type PruneTask, type PruneWish } from '../node/upkeep/prune-task.ts';
import { pruneCommand, taskWords } from '../node/upkeep/prune-words.ts';
import type { ObservedContainer, ObservedNode } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { chainSize } from './chain-size.ts';
import { surroundings } from './surroundings.ts';

export interface Pruning {
  readonly node: string;
  readonly observed: ObservedNode;
  readonly spec: NodeSpec;
  readonly image: string;
  readonly wish: PruneWish;
}

/** How geth came out of one task. */
export interface PruneOutcome {
  readonly task: PruneTask;
  /** geth's command, as it would be typed. */
  readonly command: string;
  readonly exitCode: number;
  /** The kernel killed it at the node's memory limit. */
  readonly oomKilled: boolean;
  /** Its last words. */
  readonly said: string;
  /** Measured; less than nothing where the chain grew; null where nobody could measure. */
  readonly freedBytes: number | null;
}

/** Enough to hold geth's last words after the log lines of its end. */
const LAST_LINES = 12;

/**
 * Lets geth do the tasks one after the other, each in a container with the node's limits that outlives nodectl: an interrupted run leaves it
 * at work, and the same command waits for it. Ends at the first that fails.
 */
export async function runPruners(pruning: Pruning, engine: Engine, world: World): Promise<readonly PruneOutcome[]> {
  const { node, wish } = pruning;
  const left = await engine.inspect(prunerName(node));
  const at = left === undefined ? undefined : readPruner(left.labels)?.task;
  const tasks = wish.tasks.slice(Math.max(0, at === undefined ? 0 : wish.tasks.indexOf(at)));
  const outcomes: PruneOutcome[] = [];
  for (const task of tasks) {
    const outcome = await runPruner(task, pruning, engine, world);
    outcomes.push(outcome);
    if (outcome.exitCode !== 0) break;
  }
  return outcomes;
}

async function runPruner(task: PruneTask, pruning: Pruning, engine: Engine, world: World): Promise<PruneOutcome> {
  const { node, observed, spec, wish } = pruning;
  const name = prunerName(node);
  const found = await engine.inspect(name);
  if (found === undefined || found.state === 'created') await begin(task, found, pruning, engine, world);
  const lines = await follow(task, name, engine, world);
  const ended = await engine.inspect(name);
  if (ended === undefined) throw new NodectlError('CONVERGENCE_FAILED', `The container ${name} was removed while geth worked in it.`);
  const after = await chainSize(node, observed, engine, world);
  await engine.removeContainer(name, { force: false });
  return {
    task,
    command: ['geth', ...taskWords(task, wish.history, spec)].join(' '),
    ...{ exitCode: ended.exitCode, oomKilled: ended.oomKilled },
    said: lastWords(lines, ended.exitCode),
    freedBytes: freedBytes(readPruner(ended.labels)?.before, after),
  };
}

/** A container that was made and never started is as good as a new one. */
async function begin(
  task: PruneTask,
  found: ObservedContainer | undefined,
  { node, observed, spec, image, wish }: Pruning,
  engine: Engine,
  world: World,
): Promise<void> {
  const name = prunerName(node);
  if (found === undefined) {
    const [info, host, before] = [await engine.info(), await world.host(), await chainSize(node, observed, engine, world)];
    const { args, env } = pruneCommand(task, wish.history, spec);
    await engine.createContainer({
      ...safeContainer(executionShare(spec), surroundings(info, host)),
      ...{ name, image, args, env, ports: [], stopTimeoutSeconds: 300, restart: 'no', network: 'none' },
      mounts: [{ volume: partNames(node).volume, target: DATA_DIRECTORY }],
      labels: { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper', ...prunerLabels(task, before) },
    });
  }
  await engine.startContainer(name);
}

/** Shows what geth says, from its first line, until it ended; gives its last lines, which a look after the end could still lack. */
async function follow(task: PruneTask, name: string, engine: Engine, { clock, console, signal }: World): Promise<readonly string[]> {
  const began = clock.now();
  const last: string[] = [];
  for await (const { text } of engine.logs(name, { follow: true, signal })) {
    last.push(text);
    if (last.length > LAST_LINES) last.shift();
    const what = `geth ${GETH_COMMANDS[task].join(' ')}: ${printable(readLogLine(text).message, 60)}`;
    console.progress({ what, done: (clock.now() - began) / 1000, total: 0, unit: 'seconds' });
  }
  console.progress(undefined);
  if (signal.aborted) {
    throw new NodectlError('INTERRUPTED', `geth goes on with its work in the container ${name}.`, {
      hint: 'Run the same command again: it waits for geth, and starts the node.',
    });
  }
  await engine.waitForExit(name, signal);
  return last;
}

/** Of a failure the line that says so, else the last. */
function lastWords(lines: readonly string[], exitCode: number): string {
  const kept = lines.map((line) => line.trim()).filter((line) => line !== '');
  const bad = exitCode === 0 ? undefined : kept.findLast((line) => /^(Fatal:|ERROR|CRIT)|^[a-z]/.test(line));
  return printable(bad ?? kept.at(-1) ?? '', 300);
}
