import { execa } from 'execa';
import { NodectlError } from '../../errors.ts';
import type { InstallStep } from '../../host/engine-packages.ts';
import type { OnProgress } from '../../ports/progress.ts';

/** Runs a step that ends, telling every second how long it takes; ENGINE_INSTALL_FAILED or DISK_FULL with its last words. */
export async function runStep({ words, env }: InstallStep, onProgress: OnProgress): Promise<void> {
  const [program = '', ...args] = words;
  const line = words.join(' ');
  let seconds = 0;
  const tell = () => onProgress({ what: line, done: seconds++, total: 0, unit: 'seconds' });
  tell();
  const ticker = setInterval(tell, 1_000);
  try {
    const { failed, all, exitCode, shortMessage } = await execa(program, args, {
      all: true,
      reject: false,
      stdin: 'ignore',
      env: { LC_ALL: 'C', ...env },
    });
    if (!failed) return;
    const last = (all || shortMessage || '').trim().split('\n').slice(-8).join('\n');
    if (/no space left on device|enough free space/i.test(last))
      throw new NodectlError('DISK_FULL', `The disk filled up in \`${line}\`:\n${last}`);
    throw new NodectlError('ENGINE_INSTALL_FAILED', `\`${line}\` failed (exit ${exitCode ?? 'none'}):\n${last}`);
  } finally {
    clearInterval(ticker);
  }
}
