import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { NodectlError } from '../../errors.ts';
import type { OnProgress } from '../../ports/progress.ts';
import { engineAnswers } from './engine-answers.ts';

/** Where the engine runs and writes when nothing supervises it. */
export interface DaemonPlaces {
  readonly socket: string;
  readonly pidFile: string;
  readonly log: string;
}

/**
 * Starts the engine as a process of its own that outlives nodectl, unless a package's init script just did. It does not wait
 * for the first answer. Gives whether that process still lives.
 */
export function startDaemon(words: readonly string[], places: DaemonPlaces): () => boolean {
  if (engineProcessLives(places.pidFile)) return () => engineProcessLives(places.pidFile);
  const [program = '', ...args] = words;
  const log = openSync(places.log, 'a', 0o640);
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], cwd: '/' });
  closeSync(log);
  let lives = true;
  child.on('error', () => {
    lives = false;
  });
  child.on('exit', () => {
    lives = false;
  });
  child.unref();
  return () => lives || engineProcessLives(places.pidFile);
}

/** Waits until the engine answers; ENGINE_INSTALL_FAILED with the end of its log when it ended or `deadline` (an instant) passed. */
export async function waitForEngine(places: DaemonPlaces, lives: () => boolean, deadline: number, onProgress: OnProgress): Promise<void> {
  const begun = Date.now();
  while (!(await engineAnswers(places.socket))) {
    if (!lives()) throw notStarted('The Docker engine ended right after its start.', places.log);
    if (Date.now() > deadline) throw notStarted('The Docker engine was started and does not answer.', places.log);
    const seconds = Math.floor((Date.now() - begun) / 1_000);
    onProgress({ what: 'Waiting for the Docker engine', done: seconds, total: 0, unit: 'seconds' });
    await sleep(200);
  }
}

function engineProcessLives(pidFile: string): boolean {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'dockerd';
  } catch {
    return false;
  }
}

function notStarted(message: string, log: string): NodectlError {
  return new NodectlError('ENGINE_INSTALL_FAILED', [message, ...logTail(log)].join('\n'), {
    hint: `See the engine's log: ${log} or \`journalctl -u docker\`. In a container, the container itself needs the right to run an engine.`,
  });
}

function logTail(path: string): readonly string[] {
  try {
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    return lines.filter((line) => !line.includes('level=info')).slice(-5);
  } catch {
    return [];
  }
}
