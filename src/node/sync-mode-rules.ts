import { NodectlError } from '../errors.ts';
import { inRange } from './geth-version.ts';
import type { NetworkProfile } from './profile.ts';
import type { SyncMode } from './spec.ts';

/** Words that geth's own `--syncmode` takes, by version (eth/downloader/modes.go and eth/ethconfig/syncmode.go of each tag). */
const ACCEPTED: readonly { readonly until?: string; readonly since?: string; readonly modes: readonly string[] }[] = [
  { until: '1.9.25', modes: ['fast', 'full', 'light'] },
  { since: '1.10.0', until: '1.10.13', modes: ['fast', 'full', 'snap', 'light'] },
  { since: '1.10.14', until: '1.14.3', modes: ['full', 'snap'] },
  { since: '1.14.4', modes: ['full', 'snap'] },
];

/** What geth is told for a mode, and a sentence when it is not the word that was asked. */
export interface ModeChoice {
  readonly mode: SyncMode;
  readonly arguments: readonly string[];
  readonly note: string | undefined;
}

/** How this version runs this mode on this network, or UNSUPPORTED_MODE with the reason and what works instead. */
export function chooseMode(asked: SyncMode, version: string, profile: NetworkProfile): ModeChoice {
  if (asked === 'light') throw refuseLight(version, profile);
  const words = ACCEPTED.find((row) => inRange(version, row))?.modes ?? [];
  const becomesSnap = asked === 'fast' && !words.includes('fast');
  const mode: SyncMode = becomesSnap ? 'snap' : asked;
  if (!profile.syncmodes.includes(mode)) {
    throw new NodectlError('UNSUPPORTED_MODE', `${profile.name} has no ${asked} sync.`, {
      hint: `Use --syncmode ${profile.syncmodes.join(' or ')}.`,
    });
  }
  const word = mode === 'archive' ? 'full' : mode;
  if (!words.includes(word)) {
    throw new NodectlError('UNSUPPORTED_MODE', `geth ${version} does not know the sync mode ${word}.`, {
      hint: `It knows: ${words.join(', ')}.`,
    });
  }
  return {
    mode,
    arguments: mode === 'archive' ? ['--syncmode', 'full', '--gcmode', 'archive'] : ['--syncmode', word],
    note: becomesSnap ? `geth ${version} calls the successor of fast sync "snap"; the node uses it.` : undefined,
  };
}

function refuseLight(version: string, profile: NetworkProfile): NodectlError {
  const reason =
    profile.consensus === 'none'
      ? `${profile.name} is a chain of its own: there is nothing to be a light client of.`
      : `No version of geth follows ${profile.name} as a light client: its light mode ended with the Merge (geth ${version} ${inRange(version, { until: '1.12.0' }) ? 'finds no servers' : 'no longer has it'}).`;
  return new NodectlError('UNSUPPORTED_MODE', reason, { hint: `Use --syncmode ${profile.syncmode}.` });
}
