import { NodectlError } from '../../errors.ts';
import type { NetworkProfile } from '../profile.ts';
import type { StateScheme } from '../state-schemes.ts';
import type { SyncMode } from '../sync-modes.ts';
import { lightClient, NEWEST_LIGHT } from './light-rules.ts';
import { needsText } from './network-needs.ts';
import { schemesFor } from './state-scheme-rules.ts';
import { wordOf, wordsOf } from './sync-mode-words.ts';

/** The mode a version really runs for the asked one, and a sentence where that is another. */
export interface JudgedMode {
  readonly mode: SyncMode;
  readonly note: string | undefined;
}

/** How this version runs this mode on this network, or UNSUPPORTED_MODE with the reason and what works instead. */
export function judgeMode(asked: SyncMode, version: string, network: NetworkProfile): JudgedMode {
  if (asked === 'light') return judgeLight(version, network);
  const words = wordsOf(version);
  const becomesSnap = asked === 'fast' && !words.includes('fast');
  const mode: SyncMode = becomesSnap ? 'snap' : asked;
  // Fast and snap are one kind of sync by two names; a profile names the newer.
  const known = network.syncmodes.includes(mode) || (mode === 'fast' && network.syncmodes.includes('snap'));
  if (!known) throw refusal(`${network.name} has no ${asked} sync.`, alternatives(version, network));
  const word = wordOf(mode);
  if (!words.includes(word)) {
    throw refusal(`geth ${version} does not know the sync mode ${word}.`, [`It knows: ${words.join(', ')}`]);
  }
  return { mode, note: becomesSnap ? `geth ${version} calls the successor of fast sync "snap"; the node uses it.` : undefined };
}

/** UNSUPPORTED_MODE when the chain's state is kept in a scheme in which the version cannot run the mode. */
export function judgeScheme(scheme: StateScheme, mode: SyncMode, version: string): void {
  if (schemesFor(version, mode).includes(scheme)) return;
  const reason = `geth ${version} cannot run ${mode} on a state kept by ${scheme}`;
  throw new NodectlError('UNSUPPORTED_MODE', `${reason}, as this chain's is.`, {
    hint:
      mode === 'archive' && scheme === 'path'
        ? 'Use geth 1.16.0 or later, or begin a new chain under another --name.'
        : 'Use a newer --geth-version.',
  });
}

function judgeLight(version: string, network: NetworkProfile): JudgedMode {
  const light = lightClient(version);
  const chain = network.private;
  const others = alternatives(version, network);
  if (chain === undefined && network.consensus === 'none') {
    throw refusal(`${network.name} is a chain of its own: there is nothing to be a light client of.`, others);
  }
  // Where a beacon chain makes the blocks another program is the light client, in geth's place, and no geth is judged.
  if (chain === undefined || chain.seal === 'engine') {
    throw refusal(`No version of geth follows ${network.name} as a light client: its light mode ended with the Merge.`, others);
  }
  if (light.works) return { mode: 'light', note: undefined };
  throw refusal(`geth ${version} ${light.reason}.`, [`--geth-version ${NEWEST_LIGHT} for it and its light server`, ...others]);
}

/** The modes this version can run here, with what they need. */
function alternatives(version: string, network: NetworkProfile): readonly string[] {
  const words = wordsOf(version);
  return network.syncmodes.filter((mode) => mode !== 'light' && words.includes(wordOf(mode))).map((mode) => needsText(network, mode));
}

function refusal(reason: string, instead: readonly string[]): NodectlError {
  const text = instead.join(', or ');
  return new NodectlError('UNSUPPORTED_MODE', reason, text === '' ? {} : { hint: text.startsWith('--') ? `Use ${text}.` : `${text}.` });
}
