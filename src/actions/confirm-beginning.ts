import type { NodectlError } from '../errors.ts';
import { consensusClient } from '../node/consensus/client-table.ts';
import type { ClientSpec } from '../node/consensus/consensus-spec.ts';
import { restUrl } from '../node/consensus/consensus-status.ts';
import type { AgreedOrigin } from '../node/endpoints/agreed-origin.ts';
import { networkGenesis } from '../node/endpoints/beacon-genesis.ts';
import { endpointsRefused } from '../node/endpoints/endpoints-refused.ts';
import { shortRoot } from '../node/endpoints/judge-beacon.ts';
import type { Served } from '../node/endpoints/judge-origin.ts';
import { shownEndpoint } from '../node/endpoints/shown-endpoint.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { consensusNames } from '../node/names.ts';
import type { NetworkProfile } from '../node/profile.ts';
import type { World } from '../ports.ts';
import { confirmCheckpoint, type OriginLook } from './confirm-checkpoint.ts';
import { stopClient } from './stop-client.ts';

/** A consensus client whose database this run has made, and which began from a checkpoint. */
export interface Beginning {
  readonly node: string;
  readonly spec: ClientSpec;
  readonly profile: NetworkProfile;
  readonly agreed: AgreedOrigin;
}

/** Where a new client began, and who else has that block. Addresses as they may be shown. */
export interface CheckpointReport {
  readonly from: string;
  /** Of the block that is final for the client; null when it did not tell. */
  readonly root: string | null;
  readonly slot: number | null;
  /** Another provider; null when none could say. */
  readonly confirmedBy: string | null;
  /** Why nobody confirmed it; null when somebody did. */
  readonly reason: string | null;
}

/**
 * Makes sure that a new client was served what providers had agreed on. ENDPOINTS_REFUSED where another provider contradicts: then
 * the client is stopped and removed with its volume, since a database begun at a forged block is worth nothing.
 */
export async function confirmBeginning(beginning: Beginning, timeoutMs: number, world: World): Promise<CheckpointReport> {
  const { node, spec, profile, agreed } = beginning;
  const { container } = consensusNames(node);
  const served = () => servedTo(spec, container, world);
  const question = { container, url: restUrl(spec), agreed, genesis: networkGenesis(profile), timeoutMs, served };
  const look = await confirmCheckpoint(question, world);
  const { verdict, origin, by } = look;
  if (verdict.kind === 'contradicted') {
    const left = await removeBegun(beginning, world);
    throw refusal(beginning, look, verdict.reason, left);
  }
  const confirmed = verdict.kind === 'confirmed';
  return {
    from: shownEndpoint(agreed.from.url),
    root: origin?.root ?? null,
    slot: origin?.slot ?? null,
    confirmedBy: confirmed ? by : null,
    reason: confirmed ? null : verdict.reason,
  };
}

/** Of a client that cannot be asked from here. */
export function unasked({ agreed }: Beginning): CheckpointReport {
  const reason = "the client's REST API is on the engine's own host, not on this one";
  return { from: shownEndpoint(agreed.from.url), root: null, slot: null, confirmedBy: null, reason };
}

/** By the log since its container was made, which nobody else has written to. */
async function servedTo({ client }: ClientSpec, container: string, world: World): Promise<Served | undefined> {
  const { served } = consensusClient(client);
  if (served === undefined) return undefined;
  for await (const { text } of (await world.engine()).logs(container, {})) {
    const told = served(text);
    if (told !== undefined) return told;
  }
  return undefined;
}

/** True where something of it could not be removed. */
async function removeBegun({ node, spec }: Beginning, world: World): Promise<boolean> {
  const engine = await world.engine();
  const names = consensusNames(node);
  try {
    const container = await engine.inspect(names.container);
    if (container?.labels[LABEL_NODE] === node) {
      await stopClient(consensusClient(spec.client).title, container, world);
      await engine.removeContainer(container.id, { force: false });
    }
    await engine.removeVolume(names.volume);
    return false;
  } catch {
    return true;
  }
}

function refusal({ node, agreed }: Beginning, { origin, by }: OriginLook, reason: string, left: boolean): NodectlError {
  const from = shownEndpoint(agreed.from.url);
  const served = origin === undefined ? 'another block' : `the block ${shortRoot(origin.root)} of slot ${origin.slot}`;
  const rejected = [
    { shown: from, role: 'checkpoints' as const, reason: `it served the client ${served}` },
    { shown: by ?? from, role: 'checkpoints' as const, reason },
  ];
  const again = `Name providers that you trust: \`nodectl up --name ${node} --checkpoint-url URL --checkpoint-url URL\`.`;
  const hint = left
    ? `Remove what is left of the client first: \`nodectl down ${node} --volumes\`. ${again}`
    : `The client was removed, with the database that it had begun; all else of ${node} stays. ${again}`;
  return endpointsRefused(
    'The consensus client began where it should not: two checkpoint providers contradict each other.',
    rejected,
    hint,
    undefined,
  );
}
