import { setTimeout as pause } from 'node:timers/promises';
import { watchMemory } from './cgroup.mjs';
import { firstDeath } from './first-death.mjs';
import { writeState } from './load.mjs';
import { program } from './program.mjs';
import { quantile } from './summary.mjs';
import { killsInLog, verdict } from './verdict.mjs';
import { gasInHand } from './versions.mjs';
import { nodeOf } from './ways.mjs';

/** One run of one configuration from a fresh volume to the volume's removal. Never rejects: a run that cannot be made is `failed`. */
export async function oneRun(job, { seconds, stopped, ...means }) {
  const what = { run: job.run, geth: job.geth, memory: job.memory.word, swap: job.swap.word, way: job.way };
  let node;
  try {
    node = await nodeOf(job, means);
    await node.start();
    return { ...what, ...(await underLoad(node, { seconds, stopped, keep: gasInHand(job.geth) })) };
  } catch (error) {
    return { ...what, outcome: 'failed', reason: error.message };
  } finally {
    await node?.remove();
  }
}

async function underLoad(node, { seconds, stopped, keep }) {
  const { id, pid } = await node.look();
  const memory = watchMemory(pid);
  const death = firstDeath(id);
  let load;
  try {
    load = await writeState({ port: node.port, seconds, keep, over: () => stopped.aborted || death.told() !== undefined });
  } finally {
    death.end();
  }
  const seen = memory.end();
  const { at, exitCode } = death.told() ?? {};
  if (stopped.aborted) throw new Error('stopped');
  const state = at === undefined ? await node.look() : await settled(node);
  // The kernel's log is for root where kernel.dmesg_restrict is 1.
  const log = await program('dmesg', []).catch(() => undefined);
  const evidence = { ...state, exitCode: exitCode ?? state.exitCode, counted: seen.kills, logged: killsInLog(log, id) };
  const lived = at === undefined ? load.seconds : (at - load.started) / 1000;
  return {
    outcome: verdict({ ...evidence, answers: load.answers, done: load.done }),
    seconds: load.seconds,
    secondsToEnd: at === undefined ? undefined : lived,
    ...{ done: load.done, perMinuteAlive: (load.done * 60) / lived, perMinute: (load.done * 60) / Math.max(seconds, lived) },
    ...{ blocks: load.blocks, progress: load.progress },
    ...{ p50: quantile(load.waits, 0.5), p99: quantile(load.waits, 0.99), asked: load.waits.length, answers: load.answers },
    ...{ rss: seen.rss, peak: seen.peak, peakWithSwap: seen.peakWithSwap, swapped: seen.swap, refusals: seen.refusals },
    ...{ errors: load.errors, lastError: load.lastError, evidence },
  };
}

/** The engine tells of a death a moment before it knows all of it. */
async function settled(node) {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const state = await node.look();
    if (state.exitCode !== undefined || state.restarts > 0 || Date.now() > deadline) return state;
    await pause(100);
  }
}
