import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { NodectlError } from '../../errors.ts';

/** Over which folder it is mounted: one that every machine has, and that nobody but the holder sees covered. */
const POINT = '/tmp';

/**
 * Mounts, tells it, waits until its input ends and unmounts. Its input ends however this process does, so that nothing stays mounted.
 * Words come as parameters: none of them is ever read as shell.
 */
const SCRIPT = 'mount -t ext4 -o noatime,noinit_itable "$1" "$2"; echo mounted; cat >/dev/null; umount "$2"';

/** Runs an act while a holder with mounts of its own has the device's filesystem; the kernel shows its files to root by its process. */
export async function withPrivateMount<T>(device: string, act: (folder: string) => Promise<T>): Promise<T> {
  const words = ['--mount', '--propagation', 'private', 'sh', '-ec', SCRIPT, 'sh', device, POINT];
  const holder = spawn('unshare', words, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const ended = ending(holder);
  ended.catch(() => {});
  await Promise.race([mounted(holder), ended.then(() => Promise.reject(refused(device, 'it ended at once')))]);
  try {
    return await act(`/proc/${holder.pid}/root${POINT}`);
  } finally {
    holder.stdin?.end();
    await ended;
  }
}

async function mounted(holder: ChildProcess): Promise<void> {
  if (holder.stdout !== null) await once(holder.stdout, 'data');
}

function ending(holder: ChildProcess): Promise<void> {
  const said: Buffer[] = [];
  holder.stderr?.on('data', (bytes: Buffer) => said.push(bytes));
  return new Promise((resolve, reject) => {
    holder.once('error', (error) => reject(refused('', error.message)));
    holder.once('close', (code) => {
      if (code === 0) resolve();
      else reject(refused(holder.spawnargs.at(-2) ?? '', Buffer.concat(said).toString().trim()));
    });
  });
}

function refused(device: string, why: string): NodectlError {
  return new NodectlError('HOST_REFUSED', `The filesystem on ${device} cannot be mounted: ${why}`);
}
