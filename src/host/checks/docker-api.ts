import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

/** Engines before this one set a container's OOM flag at its end alone, and tell no execDuration (facts of moby's tags). */
const CLEAR_WORDS = 24;

export const dockerApi = check({
  id: 'docker.api',
  question: 'is the engine new enough',
  looksAt: 'engine',
  probe: ({ engine }) => engine,
  judge(sight) {
    const info = engineFacts(sight);
    if (info === undefined) {
      if (!('problem' in sight) || sight.problem.code !== 'ENGINE_TOO_OLD') return ENGINE_UNSEEN;
      const { message, hint } = sight.problem;
      return harm('fail', message, [{ source: 'Api-Version', value: sight.problem.code }], { text: hint, commands: [] });
    }
    const read = [
      { source: 'GET /info ServerVersion', value: info.serverVersion },
      { source: 'Api-Version', value: info.apiVersion },
    ];
    const major = Number.parseInt(info.serverVersion, 10);
    const spoken = `Engine ${info.serverVersion} speaks API ${info.apiVersion}`;
    if (info.product === 'docker' && major < CLEAR_WORDS) {
      return harm('warn', `${spoken}: it tells of memory kills only at a container's end.`, read, {
        text: 'Everything nodectl does works with it; take a newer engine when the distribution has one.',
        commands: [],
      });
    }
    return calm('ok', `${spoken}.`, read);
  },
});
