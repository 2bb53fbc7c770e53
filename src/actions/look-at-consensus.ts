import type { ClientSpec } from '../node/consensus/consensus-spec.ts';
import { type ConsensusSight, restUrl } from '../node/consensus/consensus-status.ts';
import { asksItsLog } from '../node/consensus/judge-consensus.ts';
import { enforcementNotes } from '../node/node-status.ts';
import { presentClient } from '../node/present.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { askBeacon, type BeaconAnswer } from './ask-beacon.ts';
import { CLIENT_LOG, latestLines } from './latest-lines.ts';
import { measureUse } from './measure-use.ts';

interface Question {
  readonly spec: ClientSpec;
  readonly container: ObservedContainer | undefined;
  /** True when the container's process and the REST port are this machine's. */
  readonly local: boolean;
  readonly deadline: number;
}

/** Asks a consensus client, measures it, and reads its log where what it says is suspicious; all by the deadline. */
export async function lookAtConsensus(
  { spec, container, local, deadline }: Question,
  engine: Engine,
  world: World,
): Promise<ConsensusSight & { readonly notes: readonly string[] }> {
  const { clock } = world;
  const absent = { failure: 'none', message: 'it is not running' };
  if (container === undefined) return { spec, container, beacon: absent, lines: [], use: null, notes: [] };
  const host = await world.host();
  const uptimeMs = Math.max(0, clock.now() - container.startedAt);
  const ask = async (): Promise<BeaconAnswer> => {
    if (container.state !== 'running') return absent;
    if (!local) return { failure: 'none', message: `${restUrl(spec)} is on the engine's own host, not on this one` };
    return askBeacon(restUrl(spec), deadline, await world.web());
  };
  const [beacon, measured] = await Promise.all([ask(), measureUse({ container, local, uptimeMs, deadline }, engine, host, clock)]);
  const lines = asksItsLog(beacon, clock.now()) ? await latestLines(container, CLIENT_LOG, deadline, engine, clock) : [];
  const kernel = local && container.pid > 0 ? host.kernelLimits(container.pid) : undefined;
  const found = [...measured.notes, ...enforcementNotes(container, presentClient(spec, container), kernel)];
  return { spec, container, beacon, lines, use: measured.use, notes: found.map((note) => `${spec.client}: ${note}`) };
}
