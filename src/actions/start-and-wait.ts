import { lightBackend } from '../node/light/light-backends.ts';
import type { LightSpec } from '../node/light/light-spec.ts';
import { consensusNames } from '../node/names.ts';
import type { NodeStatus } from '../node/node-status.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { noteStart } from './note-use.ts';
import { peerSiblings, type Sibling } from './peer-siblings.ts';
import { type LastRun, recallLastRun } from './recall-head.ts';
import { waitForLog } from './wait-for-log.ts';
import { type ConsensusReady, waitForParts } from './wait-for-parts.ts';
import { waitUntilProving } from './wait-until-proving.ts';
import type { Ready, WaitGoal } from './wait-until-ready.ts';

/** How far the head fell when a node came back after its last run. */
export interface HeadFall {
  readonly from: number;
  readonly to: number;
}

export interface StartReport {
  readonly ready: Ready | null;
  /** When the consensus client beside geth met the goal; null where there is none, or nobody waited for it. */
  readonly consensus: ConsensusReady | null;
  /** Null when it did not fall, or nothing is known of the head before. */
  readonly headFell: HeadFall | null;
  /** Null when there was no last run, or it ended well. */
  readonly uncleanEnd: string | null;
  /** Why it ended so, in the words of `diagnose`; null where it ended well, or nobody could judge. */
  readonly death: NodeStatus['death'];
  /** The other running nodes of a private chain on this engine; none for other networks. */
  readonly siblings: readonly Sibling[];
}

/** What the node's last run left, and why it ended where that was unclean; to be asked before it is started again, which the engine forgets it with. */
export async function beforeStart(
  node: string,
  container: ObservedContainer | undefined,
  volumeBorn: number,
  world: World,
): Promise<LastRunJudged> {
  const last = await recallLastRun(node, container, volumeBorn, await world.engine(), await world.journal());
  if (last.shutdown?.clean !== false) return { ...last, death: null };
  const { explainEnd, shortly } = await import('./explain-death.ts');
  return { ...last, death: shortly(await explainEnd(node, world)) };
}

export interface LastRunJudged extends LastRun {
  readonly death: NodeStatus['death'];
}

/**
 * Waits for every part of a started node and tells what its last death cost. Of a remote engine's node only its log can be waited for.
 * `opened` is called as soon as both parts answer, with what is left of the time.
 */
export async function afterStart(...words: Parameters<typeof waitForStart>): Promise<StartReport> {
  const [{ name, container, spec }, , , world] = words;
  // Once a process has ended nobody can tell its id; a failure is met again by whoever waits for it.
  const parts = spec.consensus?.kind === 'client' ? [container, consensusNames(name).container] : [container];
  const noting = noteStart(name, parts, world).catch(() => {});
  try {
    const report = await waitForStart(...words);
    await noting;
    return report;
  } catch (thrown) {
    await noting;
    const { explained } = await import('./explain-death.ts');
    throw await explained(thrown, name, world);
  }
}

async function waitForStart(
  node: { readonly name: string; readonly container: string; readonly spec: NodeSpec; readonly local: boolean },
  last: LastRunJudged,
  wait: { readonly goal: WaitGoal; readonly timeoutMs: number },
  world: World,
  opened: (timeoutMs: number) => Promise<void> = async () => {},
): Promise<StartReport> {
  const { light } = node.spec;
  if (light !== null) return afterLightStart({ ...node, light }, wait, world);
  const uncleanEnd = last.shutdown?.clean === false ? last.shutdown.evidence : null;
  const engine = await world.engine();
  if (!node.local) {
    const since = (await engine.inspect(node.container))?.startedAt ?? 0;
    const { afterMs } = await waitForLog(node.container, since, wait.timeoutMs, engine, world.clock, world.signal);
    world.console.notice(
      `The RPC listens on the engine's host only: ssh -L ${node.spec.ports.http}:127.0.0.1:${node.spec.ports.http} HOST`,
    );
    return {
      ready: { afterMs, head: null },
      consensus: null,
      headFell: null,
      uncleanEnd,
      death: last.death,
      siblings: await meetSiblings(node, engine, world),
    };
  }
  const started = world.clock.now();
  const rpc = await waitForParts(node, { goal: 'rpc', timeoutMs: wait.timeoutMs }, world);
  await opened(Math.max(0, wait.timeoutMs - (world.clock.now() - started)));
  const siblings = await meetSiblings(node, engine, world);
  const waited = world.clock.now() - started;
  const further = { goal: wait.goal, timeoutMs: Math.max(0, wait.timeoutMs - waited), slotMs: rpc.slotMs };
  const { ready, consensus } = wait.goal === 'rpc' ? rpc : await waitForParts(node, further, world);
  const journal = await world.journal();
  if (ready.head !== null) journal.append(node.name, { kind: 'head', data: { number: ready.head } });
  const fell = last.head !== undefined && ready.head !== null && ready.head < last.head;
  return { ready, consensus, headFell: fell ? { from: last.head, to: ready.head } : null, uncleanEnd, death: last.death, siblings };
}

/** A light client keeps no chain: an unclean end costs nothing, and no head can fall. */
async function afterLightStart(
  node: { readonly container: string; readonly spec: NodeSpec; readonly local: boolean; readonly light: LightSpec },
  wait: { readonly goal: WaitGoal; readonly timeoutMs: number },
  world: World,
): Promise<StartReport> {
  const nothing = { ready: null, consensus: null, headFell: null, uncleanEnd: null, death: null, siblings: [] };
  const { ports, chainId } = node.spec;
  if (!node.local) {
    world.console.notice(`The RPC listens on the engine's host only: ssh -L ${ports.http}:127.0.0.1:${ports.http} HOST`);
    return nothing;
  }
  const backend = lightBackend(node.light.backend);
  const question = { backend, container: node.container, url: `http://127.0.0.1:${ports.http}`, chainId, ...wait };
  return { ...nothing, ready: await waitUntilProving(question, await world.engine(), await world.rpc(), world.clock, world.signal) };
}

/** Only a private chain's nodes are made known to each other; others find their peers. */
async function meetSiblings(
  node: { readonly name: string; readonly spec: NodeSpec },
  engine: Engine,
  world: World,
): Promise<readonly Sibling[]> {
  return node.spec.custom?.private === undefined ? [] : peerSiblings(node.name, engine, world.clock);
}
