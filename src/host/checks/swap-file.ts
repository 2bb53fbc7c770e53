import type { Severity } from '../../finding.ts';
import type { FileStatus } from '../../ports/host-files.ts';
import { check } from '../check.ts';
import { calm, harm, seen } from '../judgement.ts';
import { fstabSwaps } from '../kernel/fstab-swaps.ts';
import { parseSwaps } from '../kernel/swaps.ts';
import { textOf } from '../place.ts';
import { shellLine } from '../shell-word.ts';

const FSTAB = '/etc/fstab';
const UNITS = '/etc/systemd/system';
/** Raspberry Pi OS turns its swap file on by a service of its own. */
const DPHYS = '/etc/dphys-swapfile';

interface Evidence {
  /** Swap files in use, and those that fstab names though they are not. Undefined where the kernel does not tell. */
  readonly files: readonly SwapFile[] | undefined;
}

interface SwapFile {
  readonly path: string;
  readonly active: boolean;
  /** Undefined for a file that is gone, or that this user may not see. */
  readonly status: FileStatus | undefined;
  /** Turned on at boot; undefined where fstab is not readable. */
  readonly persistent: boolean | undefined;
}

export const swapFile = check({
  id: 'swap.file',
  question: 'is each swap file private, and on again after a reboot',
  looksAt: 'host',
  probe({ files }): Evidence {
    const swaps = textOf(files, '/proc/swaps');
    if (swaps === undefined) return { files: undefined };
    const fstab = files.read(FSTAB);
    const named = 'text' in fstab ? fstabSwaps(fstab.text) : undefined;
    const units = new Set(files.list(UNITS) ?? []);
    const used = parseSwaps(swaps).flatMap(({ path, kind }) => (kind === 'file' || kind === 'deleted' ? [path] : []));
    const idle = (named ?? []).filter((source) => source.startsWith('/') && !source.startsWith('/dev/') && !used.includes(source));
    const service = dphysFile(textOf(files, DPHYS));
    const persistent = (path: string) => (units.has(unitName(path)) || path === service ? true : named?.includes(path));
    return {
      files: [
        ...used.map((path) => ({ path, active: true, status: files.status(path), persistent: persistent(path) })),
        ...idle.map((path) => ({ path, active: false, status: files.status(path), persistent: true })),
      ],
    };
  },
  judge({ files }) {
    if (files === undefined)
      return calm('unknown', 'Which swap files are in use could not be read.', [seen('/proc/swaps', { failure: 'missing' })]);
    const read = files.map(({ path, status }) => ({
      source: path,
      value: status === undefined ? 'not visible' : `mode ${status.mode.toString(8).padStart(4, '0')}, owner ${status.uid}`,
    }));
    if (files.length === 0)
      return calm('ok', 'No swap file is in use, and none is missing.', [{ source: '/proc/swaps', value: 'no file' }]);
    const problems = files.flatMap(problemsOf);
    if (problems.length === 0) return calm('ok', 'Every swap file is private and comes back after a reboot.', read);
    return harm(
      problems.some(({ severity }) => severity === 'fail') ? 'fail' : 'warn',
      problems.map(({ meaning }) => meaning).join(' '),
      read,
      { text: problems.map(({ text }) => text).join(' '), commands: problems.flatMap(({ commands }) => commands) },
      problems.every(({ fixable }) => fixable),
    );
  },
});

interface Problem {
  readonly severity: Severity & ('warn' | 'fail');
  readonly meaning: string;
  readonly text: string;
  readonly commands: readonly string[];
  readonly fixable: boolean;
}

function problemsOf({ path, active, status, persistent }: SwapFile): readonly Problem[] {
  const problems: Problem[] = [];
  if (!active) {
    const meaning = `${FSTAB} names ${path} as swap, but it is not in use${status === undefined ? ', and not there' : ''}.`;
    const commands = status === undefined ? [] : [shellLine(['swapon', path])];
    const text = status === undefined ? `Take its line out of ${FSTAB}.` : 'Turn it on.';
    return [{ severity: 'warn', meaning, text, commands, fixable: false }];
  }
  if (status !== undefined && (status.mode & 0o077) !== 0) {
    const meaning = `Other users may read ${path}, and with it what was in the memory of any process.`;
    problems.push({ severity: 'fail', meaning, text: 'Make it private.', commands: [shellLine(['chmod', '600', path])], fixable: true });
  }
  if (status !== undefined && status.uid !== 0) {
    const meaning = `${path} belongs to user ${status.uid}, who may read what was in the memory of any process.`;
    problems.push({
      severity: 'fail',
      meaning,
      text: 'Give it to root.',
      commands: [shellLine(['chown', 'root:root', path])],
      fixable: true,
    });
  }
  if (persistent === false) {
    const line = `${path.replaceAll(' ', '\\040')} none swap sw,nofail 0 0`;
    const meaning = `${path} is not in ${FSTAB}: it is gone after the next boot.`;
    problems.push({ severity: 'warn', meaning, text: 'Turn it on at boot.', commands: [`echo '${line}' >> ${FSTAB}`], fixable: true });
  }
  return problems;
}

/** The file that dphys-swapfile turns on at boot; undefined without that service. */
function dphysFile(settings: string | undefined): string | undefined {
  return settings === undefined ? undefined : (/^\s*CONF_SWAPFILE=(\S+)/m.exec(settings)?.[1] ?? '/var/swap');
}

/** systemd's name of the unit for a path, for the plain characters that a swap file's path has. */
function unitName(path: string): string {
  return `${path.replace(/^\/+/, '').replaceAll('-', '\\x2d').replaceAll('/', '-')}.swap`;
}
