import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

const INSTALLERS: Readonly<Record<string, readonly string[]>> = {
  // runsc writes itself into daemon.json; runtimes are read again at a reload.
  runsc: ['runsc install', 'systemctl reload docker'],
};

export const dockerRuntime = check({
  id: 'docker.runtime',
  question: 'does the engine know the runtime that was asked for',
  looksAt: 'engine',
  probe: ({ engine }) => engineFacts(engine),
  judge(info, { runtime }) {
    if (info === undefined) return ENGINE_UNSEEN;
    const read = [{ source: 'GET /info Runtimes', value: info.runtimes.join(' ') }];
    if (runtime === undefined) return calm('ok', 'No runtime was asked for: the engine uses its own.', read);
    if (info.runtimes.includes(runtime)) {
      const sandbox = runtime === 'runsc' ? ' It runs a kernel of its own within the memory limit of the node.' : '';
      return calm('ok', `The engine knows the runtime ${runtime}.${sandbox}`, read);
    }
    return harm('fail', `The engine does not know the runtime ${runtime}: a container with it is refused.`, read, {
      text: `Install ${runtime} and name it in the engine's daemon.json under "runtimes".`,
      commands: INSTALLERS[runtime] ?? [],
    });
  },
});
