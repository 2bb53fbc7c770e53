import type { ClientSpec } from '../node/consensus/consensus-spec.ts';
import { type ConsensusSight, restUrl } from '../node/consensus/consensus-status.ts';
import { asksItsLog } from '../node/consensus/judge-consensus.ts';
import { enforcementNotes } from '../node/node-status.ts';
import { presentClient } from '../node/present.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { askBeacon } from './ask-beacon.ts';
import { latestLines } from './latest-lines.ts';
import { measureUse } from './measure-use.ts';

/** Lines of the last minute are of now; a client in trouble repeats itself in every slot. */
const CLIENT_LOG = { lines: 100, ms: 60_000 } as const;

interface Question {
  readonly spec: ClientSpec;
  readonly container: ObservedContainer | undefined;
  /** True when the container's process and the REST port are this machine's. */
  readonly local: boolean;
  readonly deadline: number;
}

/** Asks a consensus client, measures it, and reads its log where what it says is suspicious; all by the deadline. */
export async function lookAtConsensus(
  question: Question,
  engine: Engine,
  world: World,
): Promise<ConsensusSight & { readonly notes: readonly string[] }> {
  const { spec, container, local, deadline } = question;
  const { clock } = world;
  if (container === undefined) return { ...(await askClient(question, engine, world)), notes: [] };
  const host = await world.host();
  const uptimeMs = Math.max(0, clock.now() - container.startedAt);
  const [asked, measured] = await Promise.all([
    askClient(question, engine, world),
    measureUse({ container, local, uptimeMs, deadline }, engine, host, clock),
  ]);
  const kernel = local && container.pid > 0 ? host.kernelLimits(container.pid) : undefined;
  const found = [...measured.notes, ...enforcementNotes(container, presentClient(spec, container), kernel)];
  return { ...asked, use: measured.use, notes: found.map((note) => `${spec.client}: ${note}`) };
}

/** The same without measuring anything. */
export async function askClient({ spec, container, local, deadline }: Question, engine: Engine, world: World): Promise<ConsensusSight> {
  const seen = { spec, container, lines: [], use: null };
  if (container?.state !== 'running') return { ...seen, beacon: { failure: 'none', message: 'it is not running' } };
  const url = restUrl(spec);
  if (!local) return { ...seen, beacon: { failure: 'none', message: `${url} is on the engine's own host, not on this one` } };
  const beacon = await askBeacon(url, deadline, await world.web());
  const lines = asksItsLog(beacon, world.clock.now()) ? await latestLines(container, CLIENT_LOG, deadline, engine, world.clock) : [];
  return { ...seen, beacon, lines: lines.map(({ text }) => text) };
}
