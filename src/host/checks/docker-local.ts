import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm } from '../judgement.ts';

const HERE = '/proc/sys/kernel/hostname';

export const dockerLocal = check({
  id: 'docker.local',
  question: 'does the engine run on this machine',
  looksAt: 'engine',
  probe({ engine, files }) {
    const name = files.read(HERE, 256);
    return { info: engineFacts(engine), here: 'text' in name ? name.text.trim() : '' };
  },
  judge({ info, here }) {
    if (info === undefined) return ENGINE_UNSEEN;
    const read = [
      { source: 'GET /info Name', value: info.hostname },
      { source: 'GET /info KernelVersion', value: info.kernelVersion },
      { source: HERE, value: here },
    ];
    if (info.local) return calm('ok', 'The engine shares the kernel of this machine.', read);
    const meaning = `The engine runs on ${info.hostname || 'another host'} (${info.endpoint}): what this machine's files say is not judged. Run doctor there.`;
    return calm('info', meaning, read);
  },
});
