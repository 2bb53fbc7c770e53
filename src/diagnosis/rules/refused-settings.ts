import type { Remedy } from '../../finding.ts';
import { commandsFor, programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';
import type { SignatureKind } from '../signatures/signature.ts';

/** What is wrong with a setting shows at the start. */
const AT_START_MS = 2 * 60_000;

const WHAT_TO_DO: Partial<Record<SignatureKind, string>> = {
  permission: 'Make the user of the container the owner of its volume and files.',
  'bad-secret': 'Give it the key that its consensus client has: 64 hex digits in a file.',
  'bad-genesis': 'Correct the genesis, or use a version that knows its forks.',
  'bad-settings': 'Correct the words that it was started with.',
};

export const refusedSettings: Rule = {
  id: 'refused.settings',
  code: 24,
  finds: 'it refused to run as it was told: a setting, a genesis, a key, a file that it may not read',
  judge(evidence) {
    const known = logCause(evidence, ['permission', 'bad-secret', 'bad-genesis', 'bad-settings'], [1, 2]);
    const cause = known ?? logCause(evidence, ['fatal'], [1]);
    if (cause === undefined) return undefined;
    const { run } = evidence;
    const early = (endOf(evidence)?.at ?? 0) - run.startedAt <= AT_START_MS;
    const sure = known !== undefined || early ? cause.confidence : 'possible';
    return {
      // A fatal error that no row tells apart may be of anything.
      confidence: known === undefined && sure === 'certain' ? 'likely' : sure,
      meaning: `${programOf(evidence)} ended by an error of its own: ${cause.first.meaning}`,
      supports: cause.supports,
      doubts: [],
      remedies: [remedy(evidence, cause.first.kind)],
    };
  },
};

function remedy(evidence: CaseEvidence, kind: SignatureKind): Remedy {
  const text = WHAT_TO_DO[kind] ?? 'Read the whole of its last words, and correct what they name.';
  const again = kind === 'permission' || kind === 'bad-secret' ? commandsFor(evidence).up('') : [];
  return { text, commands: again.length > 0 ? again : [commandsFor(evidence).logs] };
}
