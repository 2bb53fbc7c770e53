import { NodectlError } from '../errors.ts';
import { type Budget, type BudgetHost, type BudgetProblem, planBudget } from './budget.ts';
import type { ChainRecord } from './chain-record.ts';
import type { ConsensusChoice, ConsensusClientName } from './consensus/consensus-spec.ts';
import { choiceOf, desiredConsensus } from './consensus/desired-consensus.ts';
import { checkExtraArguments } from './extra-arguments.ts';
import { applyRules, type RuleRequest } from './geth-rules/apply-rules.ts';
import { judgeConsensus } from './geth-rules/consensus-rules.ts';
import { defaultVersion } from './geth-rules/default-version.ts';
import type { HistoryRange } from './history-ranges.ts';
import { type ImageSource, imageCandidates } from './image-choice.ts';
import { refuseMovingReference } from './image-reference.ts';
import type { NetworkProfile } from './profile.ts';
import type { NodeSpec } from './spec.ts';
import type { AskedStorageMode } from './storage/storage-modes.ts';
import type { SyncMode } from './sync-modes.ts';

/** What the command line asks; undefined = not said, and then what the node has already, or the profile's default, holds. */
export interface Asked {
  readonly mode: SyncMode | undefined;
  readonly history: HistoryRange | undefined;
  /** False = not said: a node that mines goes on. */
  readonly mine: boolean;
  /** Lower case. */
  readonly etherbase: string | undefined;
  readonly lightPeers: number | undefined;
  readonly geth: string | undefined;
  readonly imageRef: string | undefined;
  readonly imageSource: ImageSource;
  readonly memory: number | undefined;
  readonly swap: number | undefined;
  readonly cpus: number | undefined;
  readonly storage: number | undefined;
  readonly storageMode: AskedStorageMode | undefined;
  readonly extra: readonly string[];
  readonly force: boolean;
  readonly consensus: ConsensusChoice | undefined;
  /** Where the engine API is published for somebody else's client. */
  readonly engine: { readonly hostIp: string; readonly port: number } | undefined;
  /** Beacon APIs for geth's own light consensus, whole. */
  readonly beaconApis: readonly string[];
}

export interface Desired {
  /** `image.id` is '' while the image is not there yet. */
  readonly spec: NodeSpec;
  readonly budget: Budget;
  readonly notes: readonly string[];
}

/**
 * The spec a node shall have: asked before present before default. Throws the refusals that no `--force` lifts. `begun`
 * is what is known of the chain in the volume: null where nothing is, undefined where there is no volume yet; `client` whose
 * database the consensus volume holds.
 */
export function desiredSpec(
  asked: Asked,
  present: NodeSpec | undefined,
  profile: NetworkProfile,
  host: BudgetHost,
  ports: NodeSpec['ports'],
  begun: ChainRecord | null | undefined,
  client?: ConsensusClientName,
): Desired {
  const geth = asked.geth ?? present?.geth ?? defaultVersion(profile, asked);
  const chain = begun === undefined ? undefined : (begun ?? present);
  refuseOtherHistory(asked, chain);
  const decided = applyRules(ruleRequest(asked, present, chain, geth, profile));
  const request = {
    memory: asked.memory ?? present?.memory,
    swap: asked.swap ?? present?.swap,
    cpus: asked.cpus ?? present?.cpus,
  };
  const budget = planBudget(request, profile, host);
  judgeConsensus(asked.consensus ?? 'none', geth, profile);
  const question = { ...asked, choice: asked.consensus, present: present?.consensus, begun: client };
  const driven = desiredConsensus(question, decided.mode, budget, profile);
  judgeConsensus(choiceOf(driven.consensus), geth, profile);
  const problems = [...budget.problems, ...driven.problems];
  const notes = [...budget.notes, ...refuseOrWarn(problems, asked.force), ...decided.notes, ...driven.notes];
  const spec: NodeSpec = {
    v: 1,
    network: profile.name,
    chainId: profile.chainId,
    mode: decided.mode,
    geth,
    image: desiredImage(asked, present, geth),
    memory: budget.memory,
    swap: budget.swap,
    cpus: budget.cpus,
    storage: asked.storage ?? present?.storage ?? null,
    ports,
    custom: profile.private === undefined ? null : profile,
    history: decided.history,
    // Of a chain of which nothing is known geth finds the scheme by itself.
    scheme: begun === undefined ? decided.scheme : (chain?.scheme ?? null),
    mining: decided.mining,
    lightPeers: decided.lightPeers,
    consensus: driven.consensus,
    light: present?.light ?? null,
    // Chosen by what the host can do; see decide-storage.
    storageMode: present?.storageMode ?? null,
    extra: [...checkExtraArguments(asked.extra.length > 0 ? asked.extra : (present?.extra ?? []), geth)],
  };
  return { spec, budget, notes };
}

/** What a chain was begun with, as its volume or its node's container tells. */
type Begun = Pick<NodeSpec, 'scheme' | 'history'>;

function ruleRequest(
  asked: Asked,
  present: NodeSpec | undefined,
  chain: Begun | undefined,
  version: string,
  network: NetworkProfile,
): RuleRequest {
  const mines = present?.mining ?? null;
  return {
    version,
    network,
    mode: asked.mode ?? present?.mode ?? network.syncmode,
    history: asked.history ?? present?.history ?? chain?.history ?? 'all',
    scheme: chain?.scheme ?? null,
    mine: asked.mine || mines !== null,
    etherbase: asked.etherbase ?? mines?.etherbase,
    lightPeers: asked.lightPeers ?? present?.lightPeers ?? 0,
  };
}

/** What is cut away, or was kept, is so in the volume: another word on geth's command line would not change it. */
function refuseOtherHistory({ history }: Asked, chain: Begun | undefined): void {
  if (chain === undefined || history === undefined || history === chain.history) return;
  throw new NodectlError('UNSUPPORTED_OPTION', `The chain in the volume was begun with --history ${chain.history}, not ${history}.`, {
    hint: 'Leave --history out, or begin another chain with another --name.',
  });
}

function desiredImage(asked: Asked, present: NodeSpec | undefined, geth: string): NodeSpec['image'] {
  const keeps = present !== undefined && (asked.imageRef === undefined ? present.geth === geth : present.image.ref === asked.imageRef);
  if (keeps) return present.image;
  if (asked.imageRef !== undefined) refuseMovingReference(asked.imageRef);
  if (asked.imageRef !== undefined) return { ref: asked.imageRef, id: '', digest: null, origin: 'given' };
  const [first] = imageCandidates(geth, asked.imageSource);
  return { ref: first.ref, id: '', digest: null, origin: first.origin };
}

/** The notes of problems that `force` lifts; IMPOSSIBLE_BUDGET for the others. */
export function refuseOrWarn(problems: readonly BudgetProblem[], force: boolean): readonly string[] {
  const blocking = problems.filter((problem) => !(force && problem.forceable));
  const first = blocking[0];
  if (first !== undefined) {
    throw new NodectlError('IMPOSSIBLE_BUDGET', blocking.map((problem) => problem.message).join(' '), {
      hint: first.forceable
        ? 'Change the limits, or add --force: the kernel accepts them, geth may not live in them.'
        : 'Change the limits.',
    });
  }
  return problems.map((problem) => `Forced: ${problem.message}`);
}
