import { execFile, execFileSync, spawnSync } from 'node:child_process';

/** What the docker command printed, without its last line break; throws with its words where it fails. */
export function docker(...words: readonly string[]): string {
  return execFileSync('docker', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], maxBuffer: 2 ** 26 }).trim();
}

/** The same where a failure is what is wanted, or does not matter: its exit code. */
export function dockerTried(...words: readonly string[]): Promise<number> {
  return new Promise((resolve) => {
    execFile('docker', words, { maxBuffer: 2 ** 26 }, (error) => resolve(error === null ? 0 : Number(error.code ?? 1)));
  });
}

/** All that a container wrote, on either stream. */
export function logOf(container: string): string {
  const { stdout, stderr } = spawnSync('docker', ['logs', container], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return `${stdout}${stderr}`;
}

/** What the docker command tells of a container; undefined where there is none. */
export interface Seen {
  readonly Id: string;
  readonly State: {
    readonly Status: string;
    readonly Running: boolean;
    readonly Pid: number;
    readonly ExitCode: number;
    readonly OOMKilled: boolean;
    readonly Error: string;
    readonly StartedAt: string;
    readonly FinishedAt: string;
  };
  readonly RestartCount: number;
  readonly HostConfig: Readonly<Record<string, unknown>>;
  readonly Config: Readonly<Record<string, unknown>>;
}

export function seen(container: string): Seen | undefined {
  try {
    return (JSON.parse(docker('container', 'inspect', container)) as Seen[])[0];
  } catch {
    return undefined;
  }
}
