import type * as z from 'zod/mini';
import { NodectlError } from '../errors.ts';
import { nearestWord } from './nearest-word.ts';
import { type NetworkProfile, type Preset, type PrivateProfile, ProfileSchema } from './profile.ts';

/** Every key and literal of the schema, written out: walking the schema would cost more than the words. A test compares them. */
export const PROFILE_WORDS: readonly string[] = [
  ...['kind', 'name', 'title', 'chainId', 'flags', 'geth', 'pinned', 'minimum', 'refused', 'version', 'reason', 'consensus', 'peers'],
  ...[
    'syncmode',
    'syncmodes',
    'memory',
    'swap',
    'cpus',
    'storage',
    'needs',
    'comfortable',
    'disk',
    'network',
    'private',
    'preset',
    'required',
    'none',
  ],
  ...['snap', 'full', 'archive', 'fast', 'light'],
  ...['history', 'all', 'postmerge', 'postprague', 'postosaka', 'asOf', 'source'],
  ...['genesis', 'bootnodes', 'staticPeers', 'publishPeers', 'beacon', 'config', 'genesisState'],
  ...['endpoints', 'executionRpcs', 'beaconApis', 'checkpoints', 'url', 'owner'],
];

/** The profile a document describes, or INVALID_PROFILE with the file, the path inside it and the nearest valid word. */
export function readProfile(file: string, document: unknown): NetworkProfile | PrivateProfile | Preset {
  const parsed = ProfileSchema.safeParse(document);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  // A misspelt key is also a missing one, and zod tells that first.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  throw new NodectlError('INVALID_PROFILE', `${file} is not a valid profile: ${describe(issue, document)}`, { facts: { file } });
}

/** As readProfile, and INVALID_PROFILE when the file is a preset. */
export function readNetwork(file: string, document: unknown): NetworkProfile | PrivateProfile {
  const profile = readProfile(file, document);
  if (profile.kind !== 'preset') return profile;
  throw new NodectlError('INVALID_PROFILE', `${file} is a preset, not a network.`, { hint: `Use it as --preset ${profile.name}.` });
}

/** As readProfile, and INVALID_PROFILE when the file is a network or a private chain. */
export function readPreset(file: string, document: unknown): Preset {
  const profile = readProfile(file, document);
  if (profile.kind === 'preset') return profile;
  throw new NodectlError('INVALID_PROFILE', `${file} is a network, not a preset.`, {
    hint: `Use it as --network ${profile.kind === 'network' ? profile.name : file}.`,
  });
}

function describe(issue: z.core.$ZodIssue | undefined, document: unknown): string {
  if (issue === undefined) return 'it does not fit the schema.';
  const path = issue.path.map(String).join('.') || 'the top level';
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0] ?? '';
    return `unknown key ${shorten(key)} at ${path}.${suggestion(key)}`;
  }
  const found = valueAt(document, issue.path);
  const shown = found === undefined ? 'nothing' : shorten(found);
  const word = issue.code === 'invalid_key' ? String(issue.path.at(-1)) : found;
  return `${path}: ${issue.message}, found ${shown}.${typeof word === 'string' ? suggestion(word) : ''}`;
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function suggestion(word: string): string {
  const nearest = nearestWord(word, PROFILE_WORDS);
  return nearest === undefined || nearest === word ? '' : ` Did you mean ${JSON.stringify(nearest)}?`;
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
