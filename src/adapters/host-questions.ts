import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, fdatasync, fsync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { HostQuestions } from '../ports/host-questions.ts';
import { portTaken } from './port-taken.ts';

const ANSWER_MS = 600;

const BLOCK = 4096;
const MOST_BLOCKS = 30;
/** Fewer say nothing of a disk; a slow one is known after a few. */
const LEAST_BLOCKS = 4;
/** All of the writes together, beyond the least. */
const MOST_MS = 80;

const synced = promisify(fdatasync);
const wholeSynced = promisify(fsync);

/** Questions to this machine. */
export function hostQuestions(): HostQuestions {
  return { portTaken, ask, syncTimes };
}

/** Not by execa, which takes longer to load than most programs to answer. */
const ask: HostQuestions['ask'] = ([program = '', ...args]) =>
  new Promise((resolve) => {
    const options = { timeout: ANSWER_MS, killSignal: 'SIGKILL', maxBuffer: 256 * 1024, env: { ...process.env, LC_ALL: 'C' } } as const;
    const child = execFile(program, args, options, (error, stdout) => {
      resolve(error !== null && (error.killed === true || typeof error.code !== 'number') ? undefined : stdout.replace(/\n$/, ''));
    });
    child.stdin?.end();
  });

const syncTimes: HostQuestions['syncTimes'] = async (folder) => {
  const path = join(nearestFolder(folder), `.nodectl-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    const descriptor = openSync(path, 'wx', 0o600);
    try {
      // Nobody else shall meet the file, and a kill leaves nothing behind.
      rmSync(path);
      return await timed(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return undefined;
  }
};

async function timed(descriptor: number): Promise<readonly number[]> {
  const block = Buffer.alloc(BLOCK, 1);
  const end = performance.now() + MOST_MS;
  // The first sync pays for the new file itself.
  writeSync(descriptor, block);
  await wholeSynced(descriptor);
  const times: number[] = [];
  for (let at = 1; at <= MOST_BLOCKS && (at <= LEAST_BLOCKS || performance.now() < end); at++) {
    const begun = performance.now();
    writeSync(descriptor, block, 0, BLOCK, at * BLOCK);
    await synced(descriptor);
    times.push(performance.now() - begun);
  }
  return times;
}

function nearestFolder(path: string): string {
  let place = path;
  while (!isFolder(place) && place !== dirname(place)) place = dirname(place);
  return place;
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
