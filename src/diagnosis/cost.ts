import { companyOf } from '../node/company.ts';
import { DURABILITY } from '../node/geth-rules/durability.ts';
import { inRange } from '../node/geth-version.ts';
import { highestLoggedHead } from '../node/log-head.ts';
import { closedInOrder } from './closed-in-order.ts';
import { programOf } from './commands.ts';
import type { CaseEvidence } from './evidence.ts';
import { endOf } from './run-phase.ts';

/** What the end of a run cost. */
export interface DeathCost {
  /** Whether the database was closed before; null where nobody can tell. */
  readonly clean: boolean | null;
  /** The highest block that it is known to have had, and the one that it had after it was started again; null where not known. */
  readonly headBefore: number | null;
  readonly headAfter: number | null;
  /** Blocks that are gone for now, at least; null where the two heads are not known. */
  readonly lostBlocks: number | null;
  /** How what was lost comes back: nothing was, by itself, from its peers, or not at all, since nobody else has the chain. */
  readonly comesBack: 'nothing-lost' | 'by-itself' | 'from-peers' | 'not-at-all';
  /** Sentences. */
  readonly text: readonly string[];
}

/** A program that ends by an error of its own this soon had opened nothing that it could harm. */
const AT_START_MS = 60_000;
/** The engine's event of an end and its account of it are apart by less. */
const SAME_END_MS = 2_000;

/** What an end cost; null for a run that goes on or never began, for one that ended at its start, and for a light client, which keeps no chain. */
export function deathCost(evidence: CaseEvidence): DeathCost | null {
  const end = endOf(evidence);
  if (end === undefined || evidence.role === 'light') return null;
  if (end.code === 1 && end.at - evidence.run.startedAt <= AT_START_MS) return null;
  const clean = end.code === null ? null : closedInOrder(evidence)?.sure === true ? true : end.code === 0 ? null : false;
  const heads = headsAround(evidence, end.at);
  if (clean === true) {
    return {
      clean,
      ...heads,
      lostBlocks: 0,
      comesBack: 'nothing-lost',
      text: [`${programOf(evidence)} closed its database: nothing was lost.`],
    };
  }
  return evidence.role === 'consensus' ? clientCost(evidence, clean) : gethCost(evidence, clean, heads);
}

type Heads = Pick<DeathCost, 'headBefore' | 'headAfter'>;

/** A consensus client begins again at what is final, and verifies the rest anew. */
function clientCost(evidence: CaseEvidence, clean: boolean | null): DeathCost {
  const text = [`${programOf(evidence)} goes on from its last finalized block, and verifies what came after it again.`];
  return { clean, headBefore: null, headAfter: null, lostBlocks: null, comesBack: 'by-itself', text };
}

function gethCost(evidence: CaseEvidence, clean: boolean | null, heads: Heads): DeathCost {
  const { headBefore, headAfter } = heads;
  const lostBlocks = headBefore === null || headAfter === null ? null : Math.max(0, headBefore - headAfter);
  const fell = lostBlocks === null ? [] : [fallText(headBefore, headAfter, lostBlocks)];
  const known = lostBlocks === null && headBefore !== null ? [`Its head was block ${headBefore} when it was seen last.`] : [];
  if (!isOwnChain(evidence)) {
    const again = 'geth repairs its database at its next start, and fetches the blocks that are gone from its peers again.';
    return { clean, ...heads, lostBlocks, comesBack: 'from-peers', text: [...fell, ...known, again, ...wedgeText(evidence)] };
  }
  const safe = keepsEveryState(evidence);
  const version = evidence.gethVersion ?? evidence.spec?.geth;
  const row = DURABILITY.find(
    (rule) => rule.kept === (safe ? 'safely' : 'by default') && (version === undefined || inRange(version, rule)),
  );
  const cost = `Nobody else has this chain: a death without a close costs it ${row?.cost ?? 'blocks'}.`;
  const comesBack = safe || lostBlocks === 0 ? 'by-itself' : 'not-at-all';
  return { clean, ...heads, lostBlocks, comesBack, text: [...fell, ...known, cost] };
}

function fallText(before: number | null, after: number | null, lost: number): string {
  return lost === 0
    ? `Its head was block ${before}, and ${after} when it was seen next.`
    : `Its head fell from block ${before} to ${after}: ${lost} are gone.`;
}

/** A client has later blocks than a geth that lost its newest, which only a peer of geth brings back. */
function wedgeText({ spec }: CaseEvidence): readonly string[] {
  if (spec?.consensus?.kind !== 'client') return [];
  const alone =
    spec.custom?.private?.beacon !== null &&
    spec.custom?.private?.beacon?.staticPeers.length === 0 &&
    spec.custom.private.beacon.bootnodes.length === 0;
  const text = `${spec.consensus.client} beside it waits until geth has got them again`;
  return [alone ? `${text}, which takes a peer: on a chain of one node both stand still.` : `${text}.`];
}

/** A chain that no peer brings back: a dev chain, or a private one that its own nodes make. */
function isOwnChain({ spec, container }: CaseEvidence): boolean {
  if (spec === null) return container.args.some((word) => /^--?dev(?:=true)?$/.test(word));
  return companyOf(spec, undefined) !== 'consensus' || spec.custom?.private !== undefined;
}

/** As nodectl keeps the chains that nobody else has; see durability. */
function keepsEveryState({ spec }: CaseEvidence): boolean {
  return spec !== null && spec.scheme === 'hash' && (spec.mode === 'full' || spec.mode === 'archive');
}

function headsAround({ journal, container, run, lastLines, judged, present }: CaseEvidence, endedAt: number): Heads {
  // What is older may be of another chain under the same name.
  const since = Math.min(container.createdAt, run.startedAt);
  const noted = journal.flatMap(({ time, kind, data }) =>
    kind === 'head' && typeof data.number === 'number' && time >= since ? [{ time, number: data.number }] : [],
  );
  const before = [noted.findLast(({ time }) => time <= endedAt)?.number, highestLoggedHead(lastLines.map(({ text }) => text))];
  const known = before.filter((number) => number !== undefined);
  // Of an earlier run than the last the present head says nothing.
  const wasLast = !present && container.state === 'running' && Math.abs(container.finishedAt - endedAt) <= SAME_END_MS;
  const now = wasLast ? judged?.said?.head?.number : undefined;
  const after = noted.find(({ time }) => time > endedAt)?.number ?? now;
  return { headBefore: known.length === 0 ? null : Math.max(...known), headAfter: after ?? null };
}
