import type { Remedy } from '../../finding.ts';
import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { processes } from '../processes.ts';

const DEFAULTS = '/etc/default/earlyoom';

/** Programs that kill before the kernel does, each with what makes it spare a node. */
const KILLERS: Readonly<Record<string, Remedy>> = {
  'systemd-oomd': {
    text: 'Turn it off on a host of nodes: their limits do its work.',
    commands: ['systemctl disable --now systemd-oomd.service systemd-oomd.socket'],
  },
  earlyoom: {
    text: 'Tell it to spare geth.',
    commands: [`echo 'EARLYOOM_ARGS="$EARLYOOM_ARGS --avoid ^geth$"' >> ${DEFAULTS}`, 'systemctl restart earlyoom'],
  },
  nohang: { text: 'Turn it off on a host of nodes: their limits do its work.', commands: ['systemctl disable --now nohang'] },
  oomd: { text: 'Turn it off on a host of nodes: their limits do its work.', commands: ['systemctl disable --now oomd'] },
};

export const oomUserspace = check({
  id: 'oom.userspace',
  question: 'does a program kill nodes before the kernel would',
  looksAt: 'host',
  probe({ files }): readonly string[] | undefined {
    const all = processes(files);
    return all.length === 0 ? undefined : [...new Set(all.map(({ name }) => name).filter((name) => Object.hasOwn(KILLERS, name)))];
  },
  judge(names) {
    const read = [{ source: '/proc/*/comm', value: names === undefined ? 'not readable' : names.join(', ') || 'none of them' }];
    if (names === undefined) return calm('unknown', 'Which programs run could not be read.', read);
    const remedies = names.flatMap((name) => KILLERS[name] ?? []);
    if (remedies.length === 0) return calm('ok', 'No program kills others for want of memory; the kernel alone does.', read);
    const meaning = `${names.join(', ')} runs: it may kill a node before its limit, and the kernel log does not say so.`;
    return harm('warn', meaning, read, {
      text: remedies.map(({ text }) => text).join(' '),
      commands: remedies.flatMap(({ commands }) => commands),
    });
  },
});
