import { realpathSync } from 'node:fs';
import { execa } from 'execa';
import { NodectlError } from '../../errors.ts';

/** A file of this machine and where it stands in the image. */
export interface RuntimeFile {
  readonly source: string;
  /** Absolute. */
  readonly target: string;
}

export const NODE_PATH = '/usr/local/bin/node';

/**
 * This machine's Node.js with the shared libraries it needs, its loader included, at the paths where it looks for them.
 * IMAGE_BUILD_FAILED where they cannot be told.
 */
export async function nodeRuntime(binary = process.execPath): Promise<readonly RuntimeFile[]> {
  const { stdout, stderr, failed } = await execa('ldd', [binary], { reject: false, stdin: 'ignore', env: { LC_ALL: 'C' } });
  const node = { source: realpathSync(binary), target: NODE_PATH };
  if (/not a dynamic executable|Not a valid dynamic program/.test(`${stdout}${stderr}`)) return [node];
  const missing = /^\s*(\S+) => not found/m.exec(stdout)?.[1];
  if (failed || missing !== undefined) {
    throw new NodectlError(
      'IMAGE_BUILD_FAILED',
      `The shared libraries of ${binary} cannot be told${missing ? `: ${missing} is missing` : ''}.`,
      {
        hint: 'Run nodectl with a Node.js of this system, on a machine that has `ldd`.',
      },
    );
  }
  return [node, ...neededFiles(stdout).map((path) => ({ source: realpathSync(path), target: path }))];
}

/** `libm.so.6 => /lib/…/libm.so.6 (0x…)` and the loader's own line, `/lib64/ld-linux-x86-64.so.2 (0x…)`. */
export function neededFiles(ldd: string): readonly string[] {
  const paths = ldd.split('\n').flatMap((line) => /(?:=>\s+)?(\/\S+)\s+\(0x[0-9a-f]+\)/.exec(line)?.[1] ?? []);
  return [...new Set(paths)];
}
