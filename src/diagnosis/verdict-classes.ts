import type { VerdictCode } from './verdict.ts';

/** What a class of verdicts says in a few words: of one node, and behind `4 deaths in 24h, all …`. */
export const VERDICT_CLASSES: Readonly<Record<VerdictCode, { readonly title: string; readonly how: string }>> = {
  0: { title: 'well', how: 'as somebody asked' },
  3: { title: 'heading for trouble', how: 'heading for trouble' },
  20: { title: 'killed at its own memory limit', how: 'at the memory limit' },
  21: { title: 'killed for want of memory around it', how: 'for want of memory of the host' },
  22: { title: 'killed from outside', how: 'by a kill from outside' },
  23: { title: 'crashed', how: 'by a crash' },
  24: { title: 'refused to start', how: 'over a setting' },
  25: { title: 'out of disk', how: 'for want of disk' },
  26: { title: 'cannot use its database', how: 'over the database' },
  27: { title: 'met a port or network in its way', how: 'over a port or network' },
  28: { title: 'runs, but does not follow its chain', how: 'without following the chain' },
  29: { title: 'cannot be started here', how: 'over its image or what it needs to start' },
  30: { title: 'ended by a signal, in good order', how: 'by a signal' },
  31: { title: 'ended with its engine or host', how: 'with the engine or host' },
  39: { title: 'ended for an unknown reason', how: 'for an unknown reason' },
};
