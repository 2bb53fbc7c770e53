import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

export const dockerLiveRestore = check({
  id: 'docker.liverestore',
  question: 'does the engine stop nodes when it stops',
  looksAt: 'engine',
  probe: ({ engine }) => engineFacts(engine),
  judge(info) {
    if (info === undefined) return ENGINE_UNSEEN;
    const read = [{ source: 'GET /info LiveRestoreEnabled', value: String(info.liveRestore) }];
    if (!info.liveRestore) return calm('ok', 'The engine closes its nodes in good order before it stops.', read);
    const meaning =
      'Live restore is on: nodes outlive a restart of the engine, but at a shutdown of the machine nobody closes them in good order.';
    return harm('warn', meaning, read, { text: 'Stop the nodes before you shut the machine down.', commands: ['nodectl stop'] });
  },
});
