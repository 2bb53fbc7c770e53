import { judgeLight, lightNotes } from '../node/light/judge-light.ts';
import { lightBackend } from '../node/light/light-backends.ts';
import type { LightSpec } from '../node/light/light-spec.ts';
import { asRpcFacts, type LightStatus, lightStatus } from '../node/light/light-status.ts';
import type { RpcFacts } from '../node/rpc-facts.ts';
import { readSpec } from '../node/spec.ts';
import type { SyncState } from '../node/sync-state.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Rpc } from '../ports/rpc.ts';
import type { Clock } from '../ports.ts';
import { lookAtLight } from './look-at-light.ts';

/** What `status` tells of a light client in geth's place. */
export interface LightSight {
  readonly status: LightStatus;
  readonly sync: SyncState;
  /** Undefined where it did not answer. */
  readonly facts: RpcFacts | undefined;
  readonly notes: readonly string[];
}

/** Asks a light client once, by `deadline`; `url` is null where its port cannot be reached from here. */
export async function askLight(
  node: { readonly container: ObservedContainer; readonly light: LightSpec; readonly uptimeMs: number; readonly url: string | null },
  deadline: number,
  rpc: Rpc,
  clock: Clock,
): Promise<LightSight> {
  const { container, light, uptimeMs, url } = node;
  const backend = lightBackend(light.backend);
  const asks = container.state === 'running' && url !== null;
  const unreachable = { failure: 'none', message: "its HTTP port cannot be reached from here, only on the engine's own host" };
  const answer = asks ? await lookAtLight(backend, url, deadline, rpc) : unreachable;
  const chainId = readSpec(container.labels)?.chainId;
  const sync = judgeLight({ container, uptimeMs, now: clock.now(), chainId, light: answer });
  if ('failure' in answer) {
    const silent = container.state === 'running' ? [`JSON-RPC did not answer: ${answer.message}.`] : [];
    return { status: lightStatus(light, undefined), sync, facts: undefined, notes: silent };
  }
  const reason = 'reason' in sync && sync.reason !== undefined ? [`Its own words: ${sync.reason}`] : [];
  return {
    status: lightStatus(light, answer),
    sync,
    facts: asRpcFacts(answer),
    notes: [...reason, ...lightNotes(answer), ...backend.limits],
  };
}
