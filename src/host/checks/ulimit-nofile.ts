import type { HostFiles } from '../../ports/host-files.ts';
import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { CAPABILITY, hasCapability } from '../kernel/capabilities.ts';
import { type OpenFileLimit, openFileLimit } from '../kernel/process-limits.ts';
import { wholeNumber } from '../kernel/whole-number.ts';
import { textOf } from '../place.ts';
import { engineProcess } from '../processes.ts';

const PLENTY = 16_384;
const SCARCE = 4096;
const DROP_IN = '/etc/systemd/system/docker.service.d/nofile.conf';

interface Limit {
  readonly who: string;
  readonly source: string;
  readonly files: number;
}

interface Evidence {
  /** What each running node has, and what the engine may give a new one. */
  readonly limits: readonly Limit[];
}

export const ulimitNofile = check({
  id: 'ulimit.nofile',
  question: 'may a node open as many files as its database needs',
  looksAt: 'host',
  probe({ files }, { tenants }): Evidence {
    const nodes = tenants.flatMap(({ name, container: { pid } }) => limitOf(name, pid, files, ({ soft }) => soft));
    return { limits: [...nodes, ...engineLimit(files)] };
  },
  judge({ limits }) {
    const read = limits.map(({ source, files }) => ({ source, value: String(files) }));
    const least = limits.reduce<Limit | undefined>((low, limit) => (low === undefined || limit.files < low.files ? limit : low), undefined);
    if (least === undefined) return calm('unknown', 'How many files a node may open could not be read.', read);
    const allowed = Number.isFinite(least.files) ? String(least.files) : 'any number of';
    if (least.files >= PLENTY) return calm('ok', `A node may open ${allowed} files.`, read);
    const meaning = `${least.who} may open ${allowed} files: geth gives half of them to its database, and slows down below ${PLENTY}.`;
    return harm(least.files >= SCARCE ? 'warn' : 'fail', meaning, read, {
      text: 'Let the engine give more, start it again, then make the node anew.',
      commands: [
        `mkdir -p ${DROP_IN.slice(0, DROP_IN.lastIndexOf('/'))}`,
        `printf '[Service]\\nLimitNOFILE=1048576\\n' > ${DROP_IN}`,
        'systemctl daemon-reload',
        'systemctl restart docker',
      ],
    });
  },
});

/** An engine that may raise its own limit gives up to fs.nr_open, any other its hard limit. */
function engineLimit(files: HostFiles): readonly Limit[] {
  const pid = engineProcess(files);
  if (pid === undefined) return [];
  const mayRaise = hasCapability(textOf(files, `/proc/${pid}/status`) ?? '', CAPABILITY.sysResource) === true;
  const most = mayRaise ? wholeNumber(textOf(files, '/proc/sys/fs/nr_open') ?? '') : undefined;
  return limitOf('A new node', pid, files, ({ hard }) => most ?? hard);
}

function limitOf(who: string, pid: number, files: HostFiles, choose: (limit: OpenFileLimit) => number): readonly Limit[] {
  const source = `/proc/${pid}/limits`;
  const limit = pid > 0 ? openFileLimit(textOf(files, source) ?? '') : undefined;
  return limit === undefined ? [] : [{ who, source, files: choose(limit) }];
}
