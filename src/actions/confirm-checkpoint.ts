import type { AgreedOrigin } from '../node/endpoints/agreed-origin.ts';
import type { BeaconGenesis } from '../node/endpoints/beacon-genesis.ts';
import { BEACON_ANSWER_BYTES, readBlockHeader } from '../node/endpoints/judge-beacon.ts';
import { judgeByAgreement, judgeServed, type Origin, type OriginVerdict, type Served } from '../node/endpoints/judge-origin.ts';
import type { Said } from '../node/endpoints/read-web-answer.ts';
import { shownEndpoint } from '../node/endpoints/shown-endpoint.ts';
import type { World } from '../ports.ts';
import { askWitness } from './ask-witness.ts';
import { pollWhileUp } from './poll-while-up.ts';

/** Another provider may be an epoch behind, or busy; who knows nothing after that is not waited for. */
const PATIENCE_MS = 60_000;
const ANSWER_MS = 5_000;
/** Of other people's servers, and of a client with a fraction of a CPU. */
const PAUSE = { part: 0.3, least: 1_000, most: 10_000 } as const;

export interface ConfirmQuestion {
  /** The client's. */
  readonly container: string;
  /** Its REST API. */
  readonly url: string;
  readonly agreed: AgreedOrigin;
  /** Undefined where nobody knows the chain beforehand. */
  readonly genesis: BeaconGenesis | undefined;
  readonly timeoutMs: number;
  /** What the client says that it was served; undefined where it does not, or sees to that itself. */
  readonly served: () => Promise<Served | undefined>;
}

/** One look: the client's block, where it told one, and what each of the others says of it. */
export interface OriginLook {
  readonly origin: Origin | undefined;
  readonly verdict: OriginVerdict;
  /** As it may be shown: who said so; null where nobody could be asked. */
  readonly by: string | null;
}

/**
 * Asks a client that has begun which block it takes for final, and the other providers whether they have it. Who does not know it
 * yet is asked again, for a minute at most. `contradicted` is for good; `unknown` proves nothing. CONTAINER_DIED, INTERRUPTED.
 */
export async function confirmCheckpoint(question: ConfirmQuestion, world: World): Promise<OriginLook> {
  const { container, timeoutMs } = question;
  const { clock, console, signal } = world;
  const started = clock.now();
  let told = false;
  const poll = async () => {
    const look = await lookAtState(await lookAtOrigin(question, world), question);
    const { verdict } = look;
    if (verdict.kind === 'confirmed' || isSettled(verdict)) return { met: look };
    const waited = clock.now() - started;
    // A chain's newest part may be another for a moment, but not for a minute.
    if (waited >= PATIENCE_MS) return { met: look };
    if (waited >= timeoutMs) return { met: { ...look, verdict: { kind: 'unknown', reason: verdict.reason } as const } };
    if (!told) console.notice(`Asking whether the client began where it should, for a minute at most: ${verdict.reason}.`);
    told = true;
    return { seen: verdict.reason };
  };
  const polled = { container, goal: 'checkpoint', timeoutMs: Number.POSITIVE_INFINITY, logs: 'nodectl logs --consensus', pause: PAUSE };
  return (await pollWhileUp(polled, poll, await world.engine(), clock, signal)).met;
}

async function lookAtOrigin({ url, agreed, genesis }: ConfirmQuestion, world: World): Promise<OriginLook> {
  const header = await askOrigin(url, world);
  if ('reason' in header) return { origin: undefined, verdict: { kind: 'unknown', reason: header.reason }, by: null };
  const origin = header.value;
  const agreement = judgeByAgreement(origin, agreed);
  const [first] = agreed.others;
  if (agreement !== undefined) return { origin, verdict: agreement, by: shownEndpoint((first ?? agreed.from).url) };
  const looks = await Promise.all(
    agreed.others.map(async (provider): Promise<OriginLook> => {
      return { origin, verdict: await askWitness(provider, origin, genesis, world), by: shownEndpoint(provider.url) };
    }),
  );
  const of = (kind: OriginVerdict['kind']) => looks.filter(({ verdict }) => verdict.kind === kind);
  const against = of('contradicted').toSorted((one, other) => Number(isSettled(other.verdict)) - Number(isSettled(one.verdict)));
  const decisive = of('confirmed')[0] ?? against[0];
  if (decisive !== undefined) return decisive;
  const reasons = looks.map(({ by, verdict }) => `${by}: ${verdict.kind === 'unknown' ? verdict.reason : ''}`);
  const alone = { kind: 'unknown', reason: 'there is no other provider to ask', settled: true } as const;
  return { origin, verdict: reasons.length === 0 ? alone : { kind: 'unknown', reason: reasons.join('; ') }, by: null };
}

/** A block that nothing speaks against, and the state that the client has for it. */
async function lookAtState(look: OriginLook, { served }: ConfirmQuestion): Promise<OriginLook> {
  const { origin, verdict } = look;
  const open = verdict.kind === 'confirmed' || (verdict.kind === 'unknown' && verdict.settled === true);
  if (origin === undefined || !open) return look;
  const told = await served();
  return { ...look, verdict: (told && judgeServed(origin, told)) ?? verdict };
}

function isSettled(verdict: OriginVerdict): boolean {
  return (verdict.kind === 'contradicted' && verdict.final) || (verdict.kind === 'unknown' && verdict.settled === true);
}

/** The root is what the client itself computed of the block that it was served; its state's words on what is final are the server's. */
async function askOrigin(url: string, { web, clock, signal }: World): Promise<Said<Origin>> {
  const options = { deadline: clock.now() + ANSWER_MS, maxBytes: BEACON_ANSWER_BYTES, signal };
  const said = readBlockHeader(await (await web()).ask(`${url}/eth/v1/beacon/headers/finalized`, options));
  if ('reason' in said) return { reason: `the client does not tell what is final for it: ${said.reason}` };
  return said.value.slot === 0 ? { reason: 'the client has not begun from its checkpoint yet' } : said;
}
