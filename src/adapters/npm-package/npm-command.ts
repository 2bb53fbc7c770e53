import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { NodectlError } from '../../errors.ts';
import { executable } from '../executable.ts';

/** Every package by its checksum, and none of their scripts: what they would compile is not used. */
const WORDS = ['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--loglevel=error'];

/** Packages come from the person's own npm configuration: registry, proxy and certificates. IMAGE_BUILD_FAILED, INTERRUPTED. */
export async function runNpm(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const [program, ...words] = findNpm();
  if (program === undefined) {
    throw new NodectlError('IMAGE_BUILD_FAILED', 'There is no npm on this machine to install the packages with.', {
      hint: 'Install npm from your distribution (it comes with Node.js), or give an image of your own with --image.',
    });
  }
  const result = await execa(program, [...words, ...WORDS], {
    cwd: folder,
    reject: false,
    stdin: 'ignore',
    forceKillAfterDelay: 5_000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  if (result.isCanceled) throw new NodectlError('INTERRUPTED', 'Interrupted while packages were installed.');
  if (!result.failed) return;
  const said = result.stderr.split('\n').filter((line) => /^npm (?:error|ERR!)/.test(line) && !/complete log|_logs/.test(line));
  throw new NodectlError('IMAGE_BUILD_FAILED', 'npm could not install the packages.', {
    hint: 'Check the network and `npm config get registry`, then run the same command again.',
    facts: {
      npm: (said.slice(0, 3).join(' ') || result.shortMessage || 'no words').replaceAll(/https?:\/\/\S+/g, '(address)').slice(0, 400),
    },
  });
}

/** npm on PATH, else the one that came with this Node.js; empty when there is none. */
function findNpm(): readonly string[] {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder.startsWith('/'))
    .map((folder) => join(folder, 'npm'))
    .find(executable);
  if (found !== undefined) return [found];
  const beside = join(dirname(realpathSync(process.execPath)), '../lib/node_modules/npm/bin/npm-cli.js');
  return existsSync(beside) ? [process.execPath, beside] : [];
}
