import { spawnSync } from 'node:child_process';
import { ENV } from './rounds.mjs';

/** What one command of the docker CLI prints; an error where it fails. */
export function docker(...words) {
  const { status, stdout, stderr, error } = spawnSync('docker', words, { env: ENV, encoding: 'utf8' });
  if (error || status !== 0) throw new Error(`docker ${words[0]}: ${error ?? stderr.trim()}`);
  return stdout.trim();
}
