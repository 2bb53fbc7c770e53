import { formatSize } from '../../node/size.ts';
import { check } from '../check.ts';
import { claims } from '../claims.ts';
import { calm, harm } from '../judgement.ts';
import { probeSwap, type SwapEvidence, swapSeen, swapTotal } from '../swap-evidence.ts';
import { swapRemedy } from '../swap-remedy.ts';

export const swapSize = check({
  id: 'swap.size',
  question: 'is there as much swap as the limits of all nodes promise',
  looksAt: 'host',
  probe: ({ files }): SwapEvidence => probeSwap(files),
  judge(evidence, subject) {
    const total = swapTotal(evidence);
    const all = claims(subject).filter(({ swap }) => swap > 0);
    const read = [...swapSeen(evidence), ...all.map(({ node, swap }) => ({ source: `swap limit of ${node}`, value: formatSize(swap) }))];
    if (total === undefined) return calm('unknown', 'How much swap the host has could not be read.', read);
    const bounded = all.filter(({ swap }) => Number.isFinite(swap));
    const wished = bounded.reduce((sum, { swap }) => sum + swap, 0);
    const unbounded = all.filter(({ swap }) => !Number.isFinite(swap)).map(({ node }) => node);
    if (wished > total) {
      const missing = wished - total;
      const { remedy, fixable } = swapRemedy(missing, evidence.place);
      const meaning = `Limits promise ${formatSize(wished)} of swap (${bounded.map(({ node }) => node).join(', ')}), the host has ${formatSize(total)}: ${formatSize(missing)} of it does not exist.`;
      return harm(total === 0 ? 'fail' : 'warn', meaning, read, remedy, fixable);
    }
    if (unbounded.length > 0 && total > 0) {
      const meaning = `No limit of swap is in force for ${unbounded.join(', ')}: one node may take all ${formatSize(total)} from the others.`;
      return harm('warn', meaning, read, { text: 'See cg.swap; once swap is accounted, make the node anew.', commands: [] });
    }
    if (wished === 0) return calm('ok', 'No limit promises swap.', read);
    return calm('ok', `Limits promise ${formatSize(wished)} of the ${formatSize(total)} of swap.`, read);
  },
});
