import { NodectlError } from '../errors.ts';
import type { BeaconGenesis } from '../node/endpoints/beacon-genesis.ts';
import { clockSkew } from '../node/endpoints/clock-skew.ts';
import type { EndpointRole } from '../node/endpoints/endpoint-book.ts';
import { endpointsRefused } from '../node/endpoints/endpoints-refused.ts';
import { type BeaconClaim, judgeBootstrap } from '../node/endpoints/judge-beacon.ts';
import { EXECUTION_ANSWER_BYTES, EXECUTION_CALLS, type ExecutionCall, judgeExecution } from '../node/endpoints/judge-execution.ts';
import { lightRefusal } from '../node/endpoints/light-refusal.ts';
import type { Provider, RejectedProvider } from '../node/endpoints/provider.ts';
import { shownEndpoint } from '../node/endpoints/shown-endpoint.ts';
import type { WebAnswer } from '../ports/web.ts';
import { type AskingWorld, askBeacon, askBeacons, ROUND_MS } from './ask-beacons.ts';

export interface LightQuestion {
  readonly chainId: number;
  /** Of a private chain, where its files tell it; a public one is known by its chain id. */
  readonly genesis?: BeaconGenesis | undefined;
  /** The preferred one first, in each list. */
  readonly executionRpcs: readonly Provider[];
  readonly beaconApis: readonly Provider[];
  /** Servers that may confirm the root without the light-client API; none where the beacon APIs are the person's own. */
  readonly checkpoints: readonly Provider[];
  /** Which the person named; then no other is asked in that role. */
  readonly own: { readonly execution: boolean; readonly beacon: boolean };
  /** The person takes one beacon API's word alone (`--force`). */
  readonly force: boolean;
}

/** Servers that a light client can use now, and the root it begins from. */
export interface LightEndpoints {
  /** A finalized block's root, whose light-client bootstrap each of `beaconApis` serves. */
  readonly root: string;
  /** Whole addresses that passed, the preferred one first; at least one of each. */
  readonly executionRpcs: readonly string[];
  readonly beaconApis: readonly string[];
  /** False where one beacon API alone was taken at its word. */
  readonly confirmed: boolean;
  readonly rejected: readonly RejectedProvider[];
  /** How far this machine's clock is ahead of theirs, ms; undefined when none told its own. */
  readonly clockSkewMs: number | undefined;
}

/** Asks every candidate at once. ENDPOINTS_REFUSED, with each one's reason among its facts, when a role has none that passes. INTERRUPTED. */
export async function askLightEndpoints(question: LightQuestion, world: AskingWorld): Promise<LightEndpoints> {
  const { executionRpcs, beaconApis, own, force } = question;
  const confirmers = own.beacon ? [] : question.checkpoints;
  const skews: number[] = [];
  const [beacons, judgedRpcs] = await Promise.all([
    askBeacons(beaconApis, confirmers, question, own.beacon && force ? 1 : 2, world),
    Promise.all(
      executionRpcs.map(async (provider) => ({ provider, reason: await whyNotExecution(provider, question.chainId, skews, world) })),
    ),
  ]);
  const { agreement } = beacons;
  const vouching = agreement?.vouchers.map(({ provider }) => provider).filter((provider) => beaconApis.includes(provider)) ?? [];
  const judgedApis = await Promise.all(
    vouching.map(async (provider) => ({ provider, reason: agreement && (await whyNoBootstrap(provider, agreement.claim, skews, world)) })),
  );
  if (world.signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted while asking other servers.');

  const rejected = [
    ...judgedRpcs.flatMap((row) => refused('executionRpcs', row)),
    ...judgedApis.flatMap((row) => refused('beaconApis', row)),
    ...beacons.dissenters.flatMap((row) => refused(beaconApis.includes(row.provider) ? 'beaconApis' : 'checkpoints', row)),
  ];
  const takenRpcs = judgedRpcs.filter(({ reason }) => reason === undefined).map(({ provider }) => provider.url);
  const takenApis = judgedApis.filter(({ reason }) => reason === undefined).map(({ provider }) => provider.url);
  const clockSkewMs = clockSkew([...beacons.skews, ...skews]);
  if (agreement === undefined || takenRpcs.length === 0 || takenApis.length === 0) {
    const { message, hint } = lightRefusal(question, {
      execution: takenRpcs.length > 0,
      sound: beacons.sound,
      root: agreement !== undefined,
      beacon: takenApis.length > 0,
    });
    throw endpointsRefused(message, rejected, hint, clockSkewMs);
  }
  const { claim, confirmed } = agreement;
  return { root: claim.root, executionRpcs: takenRpcs, beaconApis: takenApis, confirmed, rejected, clockSkewMs };
}

async function whyNotExecution(provider: Provider, chainId: number, skews: number[], world: AskingWorld): Promise<string | undefined> {
  const web = await world.web();
  const options = { deadline: world.clock.now() + ROUND_MS, maxBytes: EXECUTION_ANSWER_BYTES, signal: world.signal };
  const entries = Object.entries(EXECUTION_CALLS).map(async ([name, call]) => {
    const answer = await web.ask(provider.url, { ...options, body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...call }) });
    if ('serverTime' in answer && answer.serverTime !== undefined) skews.push(world.clock.now() - answer.serverTime);
    return [name, answer] as const;
  });
  const answers = Object.fromEntries(await Promise.all(entries)) as Record<ExecutionCall, WebAnswer>;
  return judgeExecution(answers, chainId, world.clock.now());
}

async function whyNoBootstrap(provider: Provider, claim: BeaconClaim, skews: number[], world: AskingWorld): Promise<string | undefined> {
  return judgeBootstrap(await askBeacon(provider, `/eth/v1/beacon/light_client/bootstrap/${claim.root}`, skews, world), claim);
}

function refused(
  role: EndpointRole,
  { provider, reason }: { readonly provider: Provider; readonly reason: string | undefined },
): RejectedProvider[] {
  return reason === undefined ? [] : [{ shown: shownEndpoint(provider.url), role, reason }];
}
