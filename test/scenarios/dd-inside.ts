import { execFileSync, spawnSync } from 'node:child_process';
import { DATA_DIRECTORY } from '../../src/node/container-paths.ts';

/** Copies dd with what it is linked to into a folder of the chain, for containers in which there is nothing but geth. */
const PLANT =
  'mkdir "$1/dd" && cp -L "$(command -v dd)" $(ldd "$(command -v dd)" | grep -o "/[^ ]*") "$1/dd" && chown -R 1000:1000 "$1/dd"';

export interface DdPlace {
  /** The container whose chain it is. */
  readonly container: string;
  /** The engine's socket. */
  readonly socket: string;
  /** Words that run a program where the engine's mounts are. */
  readonly through?: readonly string[];
}

/** Puts dd into a node's chain volume; `mountpoint` is where the engine has it mounted. */
export function plantDd(mountpoint: string, { through = [] }: DdPlace): void {
  const [program = '', ...words] = [...through, 'sh', '-c', PLANT, 'sh', mountpoint];
  execFileSync(program, words, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Runs the planted dd inside the container, as geth's user, on a file of the chain; what it said and how it ended. */
export function ddInside(file: string, operands: readonly string[], { container, socket }: DdPlace): { code: number | null; said: string } {
  const folder = `${DATA_DIRECTORY}/dd`;
  const loader = `${folder}/${LOADERS[process.arch] ?? ''}`;
  const dd = [loader, '--library-path', folder, `${folder}/dd`, 'if=/dev/zero', `of=${DATA_DIRECTORY}/${file}`, 'bs=1M', ...operands];
  const ran = spawnSync('docker', ['-H', `unix://${socket}`, 'exec', '-e', 'LC_ALL=C', container, ...dd], { encoding: 'utf8' });
  return { code: ran.status, said: ran.stderr };
}

/** Acts while geth sleeps, which else ends by itself as soon as it sees how little is left. */
export function asleep<T>(pid: number, act: () => T): T {
  process.kill(pid, 'SIGSTOP');
  try {
    return act();
  } finally {
    process.kill(pid, 'SIGCONT');
  }
}

const LOADERS: Readonly<Record<string, string>> = { x64: 'ld-linux-x86-64.so.2', arm64: 'ld-linux-aarch64.so.1' };
