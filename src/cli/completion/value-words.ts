import { NEWEST_KNOWN, PROVED_VERSIONS } from '../../node/geth-rules/known-versions.ts';
import { printable } from '../../node/printable.ts';
import type { CompletionSources } from '../../ports/completion-sources.ts';
import type { Completes } from '../command.ts';
import { type Candidate, NOTHING, type Offer } from './candidate.ts';
import { nodeWords, volumeWords } from './node-words.ts';

/**
 * What no shell does anything with, and what looks like what it is: a file may be called anything, and a word that is completed is
 * run by the next Enter.
 */
const HARMLESS = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._+=-]*$/u;

const LONGEST = 80;

/** The words that a value may be, at this moment. */
export async function valueWords(completes: Completes | undefined, sources: CompletionSources): Promise<Offer> {
  const offer = await wordsOf(completes ?? 'nothing', sources);
  return { ...offer, candidates: offer.candidates.filter(({ value }) => HARMLESS.test(value)) };
}

async function wordsOf(completes: Completes, sources: CompletionSources): Promise<Offer> {
  if (typeof completes !== 'string') return { candidates: completes.map(bare), files: false };
  switch (completes) {
    case 'node':
      return words(nodeWords(await sources.containers()));
    case 'running-node':
      return words(nodeWords(await sources.containers(), 'running'));
    case 'stopped-node':
      return words(nodeWords(await sources.containers(), 'stopped'));
    case 'kept-node':
      return words(await keptNodes(sources));
    case 'network':
      return { candidates: profiles(sources, (kind) => kind !== 'preset'), files: true };
    case 'preset':
      return words(profiles(sources, (kind) => kind === 'preset'));
    case 'profile':
      return { candidates: profiles(sources, () => true), files: true };
    case 'geth-version':
      return words([{ value: NEWEST_KNOWN, description: 'the newest that is known' }, ...PROVED_VERSIONS.toReversed().map(bare)]);
    case 'file':
      return { candidates: [], files: true };
    case 'nothing':
      return NOTHING;
  }
}

function words(candidates: readonly Candidate[]): Offer {
  return { candidates, files: false };
}

function bare(value: string): Candidate {
  return { value, description: '' };
}

async function keptNodes(sources: CompletionSources): Promise<readonly Candidate[]> {
  const [containers, volumes] = await Promise.all([sources.containers(), sources.volumes()]);
  return [...nodeWords(containers), ...volumeWords(volumes, containers)];
}

function profiles(sources: CompletionSources, isMeant: (kind: string) => boolean): readonly Candidate[] {
  return sources
    .profiles()
    .filter(({ kind }) => isMeant(kind))
    .map(({ name, title }) => ({ value: name, description: printable(title, LONGEST) }));
}
