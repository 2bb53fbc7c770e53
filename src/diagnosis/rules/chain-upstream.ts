import { chainLines, gethState } from '../chain-claim.ts';
import { commandsFor } from '../commands.ts';
import type { Rule } from '../rule.ts';

const WORDS: Readonly<Record<string, string>> = {
  'root-not-served': 'nobody that it asks serves the trusted root that it begins from',
  'upstream-lies': 'an answer that it was given does not bear its proof',
  'upstream-silent': 'nobody that it asks proves anything to it',
};

export const chainUpstream: Rule = {
  id: 'chain.upstream',
  code: 28,
  finds: 'the servers that a light client asks do not answer, or lie',
  judge(evidence) {
    const sync = gethState(evidence);
    const what = WORDS[sync?.state ?? ''];
    if (what === undefined || sync === undefined) return undefined;
    const reason = 'reason' in sync && sync.reason !== null ? ` (${sync.reason})` : '';
    const again = evidence.node === null ? [] : [`nodectl restart ${evidence.node}`];
    return {
      confidence: 'certain',
      meaning: `The light client runs, but ${what}${reason}.`,
      supports: chainLines(evidence),
      doubts: [],
      remedies: [
        { text: 'A restart chooses its servers and its trusted root anew.', commands: again },
        { text: 'Or name servers of your own with --execution-rpc and --beacon-api.', commands: [commandsFor(evidence).logs] },
      ],
    };
  },
};
