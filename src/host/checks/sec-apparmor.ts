import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm, seen } from '../judgement.ts';

const KERNEL = '/sys/module/apparmor/parameters/enabled';
const PARSERS = ['/sbin/apparmor_parser', '/usr/sbin/apparmor_parser', '/usr/bin/apparmor_parser'];

export const secApparmor = check({
  id: 'sec.apparmor',
  question: "can the engine confine containers by the kernel's AppArmor",
  looksAt: 'host',
  probe: ({ engine, files }) => ({
    info: engineFacts(engine),
    kernel: files.read(KERNEL, 16),
    parser: PARSERS.find((path) => files.status(path) !== undefined),
  }),
  judge({ info, kernel, parser }) {
    if (info === undefined) return ENGINE_UNSEEN;
    const used = info.securityOptions.some((option) => option.startsWith('name=apparmor'));
    const read = [
      seen(KERNEL, kernel),
      { source: 'apparmor_parser', value: parser ?? 'missing' },
      { source: 'GET /info SecurityOptions', value: info.securityOptions.join(' ') },
    ];
    if ('failure' in kernel && kernel.failure !== 'missing')
      return calm('unknown', 'Whether the kernel has AppArmor could not be read.', read);
    const on = 'text' in kernel && kernel.text.startsWith('Y');
    if (!on) return calm('ok', 'This kernel confines nobody by AppArmor.', read);
    if (parser === undefined) {
      const meaning = 'The kernel has AppArmor and its parser is not installed: the engine cannot start any container.';
      return harm('fail', meaning, read, {
        text: 'Install the parser.',
        commands: ['apt-get install apparmor', 'systemctl restart docker'],
      });
    }
    if (used) return calm('ok', 'Containers are confined by AppArmor.', read);
    return calm('info', 'The kernel has AppArmor, and the engine does not use it.', read);
  },
});
