import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { LAUNCHER, STATE } from './cli.ts';

/** Runs a command again and again, killed ever later, until it ends by itself; its exit code and how often it was killed. */
export async function killedUntilDone(words: readonly string[], step: number): Promise<{ code: number | null; kills: number }> {
  for (let kills = 0; ; kills++) {
    const env = { ...process.env, CI: 'true', XDG_STATE_HOME: STATE };
    const child = spawn(process.execPath, [LAUNCHER, ...words], { stdio: 'ignore', env });
    const killing = setTimeout(() => child.kill('SIGKILL'), step * (kills + 1));
    const [code] = (await once(child, 'exit')) as [number | null];
    clearTimeout(killing);
    if (code !== null) return { code, kills };
  }
}
