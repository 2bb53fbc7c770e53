import { companyOf } from '../node/company.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { peerSiblings, type Sibling } from './peer-siblings.ts';
import { type LastRun, recallLastRun } from './recall-head.ts';
import { waitForLog } from './wait-for-log.ts';
import { type Ready, type WaitGoal, waitUntilReady } from './wait-until-ready.ts';

/** How far the head fell when a node came back after its last run. */
export interface HeadFall {
  readonly from: number;
  readonly to: number;
}

export interface StartReport {
  readonly ready: Ready | null;
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

/** Waits for a started node and tells what its last death cost. Of a remote engine's node only its log can be waited for. */
export async function afterStart(
  node: { readonly name: string; readonly container: string; readonly spec: NodeSpec; readonly local: boolean },
  last: LastRun,
  wait: { readonly goal: WaitGoal; readonly timeoutMs: number },
  world: World,
): Promise<StartReport> {
  const uncleanEnd = last.shutdown?.clean === false ? last.shutdown.evidence : null;
  const engine = await world.engine();
  if (!node.local) {
    const since = (await engine.inspect(node.container))?.startedAt ?? 0;
    const { afterMs } = await waitForLog(node.container, since, wait.timeoutMs, engine, world.clock, world.signal);
    world.console.notice(
      `The RPC listens on the engine's host only: ssh -L ${node.spec.ports.http}:127.0.0.1:${node.spec.ports.http} HOST`,
    );
    return { ready: { afterMs, head: null }, headFell: null, uncleanEnd, siblings: await meetSiblings(node, engine, world) };
  }
  const question = {
    container: node.container,
    url: `http://127.0.0.1:${node.spec.ports.http}`,
    chainId: node.spec.chainId,
    goal: 'rpc' as WaitGoal,
    company: companyOf(node.spec, undefined),
    timeoutMs: wait.timeoutMs,
  };
  const rpc = await world.rpc();
  const answering = await waitUntilReady(question, engine, rpc, world.clock, world.signal);
  const siblings = await meetSiblings(node, engine, world);
  const further = { ...question, goal: wait.goal, timeoutMs: Math.max(0, wait.timeoutMs - answering.afterMs) };
  const ready = wait.goal === 'rpc' ? answering : await waitUntilReady(further, engine, rpc, world.clock, world.signal);
  const journal = await world.journal();
  if (ready.head !== null) journal.append(node.name, { kind: 'head', data: { number: ready.head } });
  const fell = last.head !== undefined && ready.head !== null && ready.head < last.head;
  return { ready, headFell: fell ? { from: last.head, to: ready.head } : null, uncleanEnd, siblings };
}

/** Only a private chain's nodes are made known to each other; others find their peers. */
async function meetSiblings(
  node: { readonly name: string; readonly spec: NodeSpec },
  engine: Engine,
  world: World,
): Promise<readonly Sibling[]> {
  return node.spec.custom?.private === undefined ? [] : peerSiblings(node.name, engine, world.clock);
}
