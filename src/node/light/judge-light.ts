import type { ObservedContainer } from '../../ports/containers.ts';
import type { RpcAnswer } from '../../ports/rpc.ts';
import { type Head, quantity } from '../rpc-facts.ts';
import { atRest, STALE_AFTER, START_GRACE, type SyncState } from '../sync-state.ts';
import type { LightBackend, LightCall, LightReport, LightUpstream } from './light-backend.ts';

/** An account that every chain can prove, existing or not: asking for it shows whether answers bear their proofs. */
const PROBED = '0x0000000000000000000000000000000000000000';

/** A light client that has no header for so long has a root that is too old, or servers that do not serve it. */
const FIRST_HEADER_GRACE = 3 * 60_000;

/**
 * The calls of one look, two batches that go out together: the client answers the first by itself, and for the second it has to ask
 * others, who may hang. `readLight` takes the answers in this order.
 */
export function lightCalls(backend: LightBackend): { readonly own: readonly LightCall[]; readonly proof: readonly LightCall[] } {
  return {
    own: [backend.readiness, { method: 'eth_chainId', params: [] }, backend.report],
    proof: [{ method: 'eth_getBalance', params: [PROBED, 'latest'] }],
  };
}

/** What a light client said in one look. */
export interface LightFacts extends LightReport {
  /** A header is verified. */
  readonly ready: boolean;
  readonly chainId: number | undefined;
  /** How the proof of one account came out: `refused` = the answer did not bear its proof. */
  readonly proof: 'holds' | 'refused' | 'unanswered';
  /** The client's own words where the proof did not come out. */
  readonly problem: string | undefined;
}

/** `proof` is why the second batch had no answer, where it had none. */
export function readLight(
  backend: LightBackend,
  own: readonly RpcAnswer[],
  proof: readonly RpcAnswer[] | { readonly message: string },
): LightFacts {
  const [readiness, chain, report] = own.map((answer) => ('result' in answer ? answer.result : undefined));
  const asked = 'message' in proof ? { error: proof.message } : (proof[0] ?? { error: 'no answer' });
  const problem = 'error' in asked ? asked.error : undefined;
  const holds = 'result' in asked && typeof asked.result === 'string';
  return {
    ...backend.readReport(report),
    ready: quantity(readiness) !== undefined,
    chainId: quantity(chain),
    proof: holds ? 'holds' : isRefusal(problem ?? '') ? 'refused' : 'unanswered',
    problem,
  };
}

/** The provers' words for an answer that does not bear its proof, not for one that never came. */
function isRefusal(message: string): boolean {
  return /verif|proof|mismatch/i.test(message) && !/syncing|connect|timeout|timed out/i.test(message);
}

export interface LightEvidence {
  readonly container: Pick<ObservedContainer, 'state' | 'exitCode' | 'restartCount'>;
  readonly uptimeMs: number;
  readonly now: number;
  readonly chainId: number | undefined;
  readonly light: LightFacts | { readonly failure: string; readonly message: string };
}

/** Where a light client stands: a lie before silence, silence before age. */
export function judgeLight(evidence: LightEvidence): SyncState {
  const { container, light, uptimeMs, now } = evidence;
  if (container.state !== 'running') return atRest(container);
  if ('failure' in light) {
    const opening = light.failure === 'connect' && uptimeMs < START_GRACE && container.restartCount === 0;
    return opening ? { state: 'starting' } : { state: 'not-answering', reason: light.message };
  }
  if (light.chainId !== undefined && evidence.chainId !== undefined && light.chainId !== evidence.chainId) {
    return { state: 'wrong-chain', chainId: light.chainId };
  }
  if (!light.ready) return uptimeMs < FIRST_HEADER_GRACE ? { state: 'starting' } : { state: 'root-not-served' };
  const execution = light.upstreams.filter(({ role }) => role === 'execution');
  if (light.proof === 'refused' || (execution.length > 0 && execution.every(({ lies }) => lies))) {
    return { state: 'upstream-lies', reason: light.problem ?? refusedText(light, execution) };
  }
  if (light.proof === 'unanswered') return { state: 'upstream-silent', reason: light.problem ?? 'no answer' };
  const ageMs = headAge(light.head, now);
  return ageMs > STALE_AFTER ? { state: 'stale', ageMs } : { state: 'at-head', indexing: 0 };
}

function refusedText({ refused }: LightFacts, rows: readonly LightUpstream[]): string {
  const method = refused === undefined ? '' : ` to ${refused.method}`;
  return `an answer${method} of ${rows.map(({ address }) => address).join(', ')} did not bear its proof`;
}

function headAge(head: Head | undefined, now: number): number {
  return head === undefined ? 0 : Math.max(0, now - head.time);
}

/** Sentences for `status`: what was refused, and which server gives what trouble. */
export function lightNotes(light: LightFacts): readonly string[] {
  const { refused } = light;
  return [
    ...(refused === undefined
      ? []
      : [
          `${refused.count} ${refused.count === 1 ? 'answer was' : 'answers were'} refused since the start: the proof did not hold (${refused.method}).`,
        ]),
    ...light.upstreams.flatMap(({ role, address, lies, problem, answers }) => {
      if (lies) return [`${address} (${role}) gave an answer that its proof does not bear: name another server.`];
      if (answers === false) return [`${address} (${role}) does not answer: ${problem}.`];
      return problem === null ? [] : [`${address} (${role}): ${problem}.`];
    }),
  ];
}
