import { formatSize, GIB } from '../../node/size.ts';
import { check } from '../check.ts';
import { claims } from '../claims.ts';
import { calm, harm } from '../judgement.ts';
import { worthwhileSwap } from '../swap/propose-swap-size.ts';
import { probeSwap, type SwapEvidence, swapSeen, swapTotal } from '../swap-evidence.ts';
import { swapRemedy } from '../swap-remedy.ts';

/** Of a machine that does not tell its memory. */
const MODEST = 2 * GIB;

export const swapPresent = check({
  id: 'swap.present',
  question: 'does the host have swap at all',
  looksAt: 'host',
  probe: ({ files }): SwapEvidence => probeSwap(files),
  judge(evidence, subject) {
    const read = swapSeen(evidence);
    const total = swapTotal(evidence);
    if (total === undefined) return calm('unknown', 'Whether the host has swap could not be read.', read);
    const wishes = claims(subject).filter(({ swap }) => swap > 0);
    const wished = wishes.reduce((sum, { swap }) => sum + swap, 0);
    const claimed = Number.isFinite(wished) ? wished : 0;
    const { remedy, fixable } = swapRemedy(worthwhileSwap({ memory: evidence.memory?.total ?? MODEST, claimed }), evidence.place);
    if (total > 0) {
      const { areas = [] } = evidence;
      const zramOnly = areas.length > 0 && areas.every(({ kind }) => kind === 'zram');
      if (!zramOnly) return calm('ok', `The host has ${formatSize(total)} of swap.`, read);
      const meaning = `The host's only swap, ${formatSize(total)}, is compressed memory: it gives less room than it says, and costs CPU.`;
      return harm('warn', meaning, read, remedy, fixable);
    }
    if (wished > 0) {
      const who = wishes.map(({ node, swap }) => `${node} ${formatSize(swap)}`).join(', ');
      return harm('fail', `The host has no swap, yet limits promise it (${who}): a node dies at its memory limit.`, read, remedy, fixable);
    }
    return harm('warn', 'The host has no swap: what does not fit into memory is killed at once.', read, remedy, fixable);
  },
});
