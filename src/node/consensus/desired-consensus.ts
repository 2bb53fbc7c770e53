import { NodectlError } from '../../errors.ts';
import type { BudgetProblem } from '../budget.ts';
import { shownEndpoint } from '../endpoints/shown-endpoint.ts';
import type { ImageSource } from '../image-choice.ts';
import type { ImageSpec } from '../image-spec.ts';
import type { NetworkProfile } from '../profile.ts';
import type { SyncMode } from '../sync-modes.ts';
import { chooseClient, leastClient } from './choose-client.ts';
import { consensusClient } from './client-table.ts';
import type { ConsensusClient } from './consensus-client.ts';
import type { ClientSpec, ConsensusChoice, ConsensusClientName, ConsensusSpec } from './consensus-spec.ts';
import { refuseLostNetwork } from './lost-network.ts';
import { type Share, splitBudget } from './split-budget.ts';

/** What is asked of a node's consensus, and what is known of it. */
export interface ConsensusQuestion {
  readonly choice: ConsensusChoice | undefined;
  readonly imageSource: ImageSource;
  /** Where geth's engine API is published for somebody else's client; undefined = not said. */
  readonly engine: { readonly hostIp: string; readonly port: number } | undefined;
  /** Beacon APIs for geth's own light consensus, whole; empty = not said. */
  readonly beaconApis: readonly string[];
  /** What the node has; undefined for a new one. */
  readonly present: ConsensusSpec | null | undefined;
  /** Whose database the node's consensus volume holds, where it has one. */
  readonly begun: ConsensusClientName | undefined;
}

export interface ConsensusDecision {
  /** Its ports and checkpoints are still those the node has, or nominal ones; its configuration is left open. */
  readonly consensus: ConsensusSpec | null;
  readonly problems: readonly BudgetProblem[];
  readonly notes: readonly string[];
}

/** geth's engine API, for a client that somebody else runs on this host. */
const LOOPBACK_ENGINE = { hostIp: '127.0.0.1', port: 8551 } as const;

/**
 * Who tells geth its head: asked before present before what fits. Pure. USAGE where an address is missing, WRONG_VOLUME where
 * another client's database is there; a budget that does not fit is a problem of the decision.
 */
export function desiredConsensus(question: ConsensusQuestion, mode: SyncMode, total: Share, profile: NetworkProfile): ConsensusDecision {
  const { choice, present } = question;
  if (choice === undefined && present !== undefined) return keeps(question, present, total, profile);
  if (choice === undefined) return mode !== 'light' && runsClient(profile) ? byItself(question, total, profile) : NOBODY;
  switch (choice) {
    case 'none':
      return NOBODY;
    case 'external':
      return { ...NOBODY, consensus: { kind: 'external', engine: question.engine ?? engineOf(present) ?? LOOPBACK_ENGINE } };
    case 'builtin':
      return { ...NOBODY, consensus: { kind: 'builtin', beaconApis: builtinApis(question, present, profile) } };
    default:
      return client(choice, question, total, profile);
  }
}

/** The word of `--consensus` that a spec is. */
export function choiceOf(consensus: ConsensusSpec | null): ConsensusChoice {
  if (consensus === null) return 'none';
  return consensus.kind === 'client' ? consensus.client : consensus.kind;
}

const NOBODY: ConsensusDecision = { consensus: null, problems: [], notes: [] };

function keeps(question: ConsensusQuestion, present: ConsensusSpec | null, total: Share, profile: NetworkProfile): ConsensusDecision {
  if (present === null) return NOBODY;
  if (present.kind === 'client') return client(present.client, question, total, profile);
  if (present.kind === 'external') return { ...NOBODY, consensus: { kind: 'external', engine: question.engine ?? present.engine } };
  return { ...NOBODY, consensus: { kind: 'builtin', beaconApis: builtinApis(question, present, profile) } };
}

/** True where a chain needs a consensus client and nodectl can run one: it knows the public beacon chains, and private ones by their files. */
function runsClient({ consensus, private: chain }: NetworkProfile): boolean {
  return consensus === 'required' && (chain === undefined || chain.beacon !== null);
}

function byItself(question: ConsensusQuestion, total: Share, profile: NetworkProfile): ConsensusDecision {
  if (question.begun !== undefined) return client(question.begun, question, total, profile);
  const chosen = chooseClient(total.memory, profile);
  // The arithmetic of the refusal is the smallest client's; --force runs it.
  if (chosen === undefined) return client(leastClient(profile), question, total, profile);
  const decided = client(chosen.client, question, total, profile);
  return { ...decided, notes: [chosen.reason, ...decided.notes] };
}

function client(name: ConsensusClientName, question: ConsensusQuestion, total: Share, profile: NetworkProfile): ConsensusDecision {
  const { begun } = question;
  const wanted = consensusClient(name);
  if (begun !== undefined && begun !== name) {
    const held = consensusClient(begun).title;
    throw new NodectlError('WRONG_VOLUME', `The consensus volume of the node holds the database of ${held}, not of ${wanted.title}.`, {
      hint: `Keep --consensus ${begun}, or remove that volume with \`docker volume rm\` when the node is down. It is left as it is.`,
    });
  }
  const { consensus: share, problems } = splitBudget(total, wanted, profile);
  const had = question.present?.kind === 'client' && question.present.client === name ? question.present : undefined;
  const image = had?.image ?? desiredImage(wanted, question.imageSource);
  refuseLostNetwork(wanted, image.ref, profile);
  const consensus: ClientSpec = {
    kind: 'client',
    client: name,
    image,
    ...share,
    ports: had?.ports ?? { rest: 0, p2p: null },
    checkpoints: had?.checkpoints ?? [],
    networkConfig: null,
  };
  return { consensus, problems, notes: [] };
}

function desiredImage(wanted: ConsensusClient, source: ImageSource): ImageSpec {
  const { image, build } = wanted;
  if (source === 'build' && build !== undefined) return { ref: build.reference, id: '', digest: null, origin: 'built' };
  return { ref: `${image.repository}:${image.tag}`, id: '', digest: null, origin: 'pulled' };
}

function engineOf(present: ConsensusSpec | null | undefined) {
  return present?.kind === 'external' ? present.engine : undefined;
}

function builtinApis({ beaconApis }: ConsensusQuestion, present: ConsensusSpec | null | undefined, profile: NetworkProfile): string[] {
  const seen = beaconApis.find((url) => shownEndpoint(url) !== url);
  if (seen !== undefined) {
    throw new NodectlError('USAGE', 'geth takes the addresses of beacon APIs only as arguments, where others can see them.', {
      hint: 'Name one without credentials, path and query, or take a client beside geth with --consensus.',
    });
  }
  if (beaconApis.length > 0) return [...beaconApis];
  const had = present?.kind === 'builtin' ? present.beaconApis : [];
  const known = had.length > 0 ? had : profile.endpoints.beaconApis.map(({ url }) => url);
  if (known.length > 0) return [...known];
  throw new NodectlError('USAGE', `geth's own consensus asks a beacon API, and nodectl knows none for ${profile.name}.`, {
    hint: 'Add --beacon-api URL.',
  });
}
