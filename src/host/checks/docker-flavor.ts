import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

export const dockerFlavor = check({
  id: 'docker.flavor',
  question: 'whose engine it is, and what it does otherwise than Docker',
  looksAt: 'engine',
  probe: ({ engine }) => engineFacts(engine),
  judge(info) {
    if (info === undefined) return ENGINE_UNSEEN;
    const read = [
      { source: 'GET /info OperatingSystem', value: info.operatingSystem },
      { source: 'GET /info SecurityOptions', value: info.securityOptions.join(' ') },
    ];
    const other = { text: 'Run nodes on an engine that is installed as root.', commands: ['nodectl host docker install'] };
    if (info.product === 'podman') {
      const meaning =
        "This is Podman behind Docker's API: nobody starts a stopped node again after a reboot, and some limits read otherwise.";
      return harm('warn', meaning, read, other);
    }
    if (info.operatingSystem.startsWith('Docker Desktop')) {
      const meaning =
        'Docker Desktop runs containers in a machine of its own: its memory and disk, set in its settings, are what nodes get.';
      return harm('warn', meaning, read, { text: 'Give that machine enough in the settings of Docker Desktop.', commands: [] });
    }
    if (info.rootless) {
      const meaning = info.enforces.memory
        ? 'A rootless engine: it ends with the session of its user unless lingering is on, and limits hold only for the controllers that are delegated.'
        : 'A rootless engine to which no controller is delegated: it discards every limit.';
      return harm(info.enforces.memory ? 'warn' : 'fail', meaning, read, other);
    }
    if (info.securityOptions.some((option) => option.startsWith('name=userns'))) {
      return calm('info', 'Users of containers are mapped to others of the host; no disk quota works with that.', read);
    }
    return calm('ok', "It is Docker's engine, run by root.", read);
  },
});
