import { companyOf } from '../node/company.ts';
import { lightBackend } from '../node/light/light-backends.ts';
import type { LightSpec } from '../node/light/light-spec.ts';
import { consensusNames } from '../node/names.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { peerSiblings, type Sibling } from './peer-siblings.ts';
import { type LastRun, recallLastRun } from './recall-head.ts';
import { waitForLog } from './wait-for-log.ts';
import { waitUntilConsensus } from './wait-until-consensus.ts';
import { waitUntilProving } from './wait-until-proving.ts';
import { type Ready, type WaitGoal, waitUntilReady } from './wait-until-ready.ts';

/** How far the head fell when a node came back after its last run. */
export interface HeadFall {
  readonly from: number;
  readonly to: number;
}

export interface StartReport {
  readonly ready: Ready | null;
  /** When the consensus client beside geth met the goal; null where there is none, or nobody waited for it. */
  readonly consensus: { readonly afterMs: number; readonly headSlot: number | null } | null;
  /** Null when it did not fall, or nothing is known of the head before. */
  readonly headFell: HeadFall | null;
  /** Null when there was no last run, or it ended well. */
  readonly uncleanEnd: string | null;
  /** The other running nodes of a private chain on this engine; none for other networks. */
  readonly siblings: readonly Sibling[];
}

/** What the node's last run left, to be asked before it is started again. */
export async function beforeStart(
  node: string,
  container: ObservedContainer | undefined,
  volumeBorn: number,
  world: World,
): Promise<LastRun> {
  return recallLastRun(node, container, volumeBorn, await world.engine(), await world.journal());
}

/** Waits for every part of a started node and tells what its last death cost. Of a remote engine's node only its log can be waited for. */
export async function afterStart(
  node: { readonly name: string; readonly container: string; readonly spec: NodeSpec; readonly local: boolean },
  last: LastRun,
  wait: { readonly goal: WaitGoal; readonly timeoutMs: number },
  world: World,
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
      siblings: await meetSiblings(node, engine, world),
    };
  }
  const question = {
    container: node.container,
    url: `http://127.0.0.1:${node.spec.ports.http}`,
    chainId: node.spec.chainId,
    company: companyOf(node.spec, undefined),
  };
  const started = world.clock.now();
  const rpc = await world.rpc();
  const geth = (goal: WaitGoal, timeoutMs: number, slotMs?: number) =>
    waitUntilReady({ ...question, goal, timeoutMs, slotMs }, engine, rpc, world.clock, world.signal);
  const beside = consensusWait(node, engine, world);
  const [answering, client] = await Promise.all([geth('rpc', wait.timeoutMs), beside('rpc', wait.timeoutMs)]);
  const siblings = await meetSiblings(node, engine, world);
  const left = Math.max(0, wait.timeoutMs - (world.clock.now() - started));
  const further =
    wait.goal === 'rpc' ? undefined : Promise.all([geth(wait.goal, left, client?.facts.clock?.slotMs), beside(wait.goal, left)]);
  const [ready, consensus] = (await further) ?? [answering, client];
  const journal = await world.journal();
  if (ready.head !== null) journal.append(node.name, { kind: 'head', data: { number: ready.head } });
  const fell = last.head !== undefined && ready.head !== null && ready.head < last.head;
  const met = consensus && { afterMs: consensus.afterMs, headSlot: consensus.facts.syncing?.headSlot ?? null };
  return { ready, consensus: met ?? null, headFell: fell ? { from: last.head, to: ready.head } : null, uncleanEnd, siblings };
}

/** A light client keeps no chain: an unclean end costs nothing, and no head can fall. */
async function afterLightStart(
  node: { readonly container: string; readonly spec: NodeSpec; readonly local: boolean; readonly light: LightSpec },
  wait: { readonly goal: WaitGoal; readonly timeoutMs: number },
  world: World,
): Promise<StartReport> {
  const nothing = { ready: null, consensus: null, headFell: null, uncleanEnd: null, siblings: [] };
  const { ports, chainId } = node.spec;
  if (!node.local) {
    world.console.notice(`The RPC listens on the engine's host only: ssh -L ${ports.http}:127.0.0.1:${ports.http} HOST`);
    return nothing;
  }
  const backend = lightBackend(node.light.backend);
  const question = { backend, container: node.container, url: `http://127.0.0.1:${ports.http}`, chainId, ...wait };
  return { ...nothing, ready: await waitUntilProving(question, await world.engine(), await world.rpc(), world.clock, world.signal) };
}

/** Waits for the consensus client of a node; does nothing where it has none of its own. */
function consensusWait(node: { readonly name: string; readonly spec: NodeSpec }, engine: Engine, world: World) {
  const { consensus } = node.spec;
  return async (goal: WaitGoal, timeoutMs: number) => {
    if (consensus?.kind !== 'client') return undefined;
    const { container } = consensusNames(node.name);
    const url = `http://127.0.0.1:${consensus.ports.rest}`;
    return waitUntilConsensus({ container, url, goal, timeoutMs }, engine, await world.web(), world.clock, world.signal);
  };
}

/** Only a private chain's nodes are made known to each other; others find their peers. */
async function meetSiblings(
  node: { readonly name: string; readonly spec: NodeSpec },
  engine: Engine,
  world: World,
): Promise<readonly Sibling[]> {
  return node.spec.custom?.private === undefined ? [] : peerSiblings(node.name, engine, world.clock);
}
