import { LABEL_NETWORK, LABEL_NODE, LABEL_ROLE, LABEL_SPEC } from '../../node/labels.ts';
import { isNodeName } from '../../node/names.ts';
import { printable } from '../../node/printable.ts';
import type { LabelledThing } from '../../ports/completion-sources.ts';
import type { Candidate } from './candidate.ts';

const LONGEST = 60;

/** Nodes by their containers; running or stopped ones where `only` says so. A node of two parts may be both. */
export function nodeWords(containers: readonly LabelledThing[], only?: 'running' | 'stopped'): readonly Candidate[] {
  const parts = containers.filter(({ labels }) => labels[LABEL_ROLE] !== 'helper');
  const meant = parts.filter((part) => only === undefined || isRunning(part) === (only === 'running'));
  return named(meant, (own) => [...wanted(own), own.find(({ state }) => state !== 'running')?.state ?? 'running']);
}

/** Nodes of which volumes are left and no container. */
export function volumeWords(volumes: readonly LabelledThing[], containers: readonly LabelledThing[]): readonly Candidate[] {
  const known = new Set(containers.map(({ labels }) => labels[LABEL_NODE]));
  const left = volumes.filter(({ labels }) => !known.has(labels[LABEL_NODE]));
  return named(left, (own) => [own.map(({ labels }) => labels[LABEL_NETWORK]).find(Boolean) ?? '', 'volume without a container']);
}

function named(things: readonly LabelledThing[], describe: (own: readonly LabelledThing[]) => readonly string[]): readonly Candidate[] {
  const nodes = [...new Set(things.map(({ labels }) => labels[LABEL_NODE] ?? ''))].filter(isNodeName).sort();
  return nodes.map((value) => {
    const own = things.filter(({ labels }) => labels[LABEL_NODE] === value);
    return { value, description: printable(describe(own).filter(Boolean).join(', '), LONGEST) };
  });
}

function isRunning({ state }: LabelledThing): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** Of the label with what the node was asked to be; nothing where it cannot be read. To check it all takes longer than it is worth here. */
function wanted(own: readonly LabelledThing[]): readonly string[] {
  try {
    const { network, mode } = JSON.parse(own.map(({ labels }) => labels[LABEL_SPEC]).find(Boolean) ?? '{}');
    return [network, mode].filter((word) => typeof word === 'string');
  } catch {
    return [];
  }
}
