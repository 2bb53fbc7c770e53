import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Without swap of the machine's own, which a test must not turn on; with a broken line and without the end of its last one. */
const FSTAB = '# <file system> <mount point>\n\nUUID=00000000-0000-0000-0000-000000000000  /nowhere\text4 noauto 0 0\nbroken';

/** A mount namespace with a copy of /etc in the place of the machine's own, which is never touched. */
export interface PrivateEtc {
  /** On a disk, for swap files. */
  readonly folder: string;
  /** A program and its arguments that run what follows in the namespace. */
  readonly through: readonly string[];
  /** Runs a program there and gives what it printed. */
  run(...words: readonly string[]): string;
  /** fstab and sysctl.d, byte by byte. */
  text(): string;
  remove(): void;
}

export async function privateEtc(): Promise<PrivateEtc> {
  const folder = mkdtempSync('/var/tmp/nodectl swap-');
  const etc = join(folder, 'etc');
  cpSync('/etc', etc, { recursive: true, verbatimSymlinks: true });
  writeFileSync(join(etc, 'fstab'), FSTAB);
  const script = `mount --make-rprivate / && mount --bind '${etc}' /etc && echo ready && exec sleep 600`;
  const holder = spawn('unshare', ['-m', 'sh', '-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await new Promise((resolve, reject) => {
    holder.stdout.once('data', resolve);
    holder.once('close', () => reject(new Error('no mount namespace')));
  });
  const through = ['nsenter', '-t', String(holder.pid), '-m', '--'];
  return {
    folder,
    through,
    run: (...words) => execFileSync('nsenter', [...through.slice(1), ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    text: () => {
      const names = readdirSync(join(etc, 'sysctl.d')).sort();
      return [...names.map((name) => `sysctl.d/${name}`), 'fstab']
        .map((name) => `${name}: ${readFileSync(join(etc, name), 'latin1')}`)
        .join('\n');
    },
    remove: () => {
      holder.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
