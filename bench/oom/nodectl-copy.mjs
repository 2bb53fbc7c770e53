import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from './program.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** A copy of nodectl as it is built now: a commit to the checkout during an hour of runs must not change what is measured. */
export async function copyOfNodectl() {
  await program(join(ROOT, 'bin/nodectl'), ['--version']);
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-bench-oom-'));
  for (const part of ['bin', 'dist', 'profiles', 'package.json']) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  const path = join(folder, 'bin/nodectl');
  return { nodectl: (...words) => program(process.execPath, [path, ...words]), path, remove: () => rmSync(folder, { recursive: true }) };
}
