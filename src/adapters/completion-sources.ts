import { readFileSync } from 'node:fs';
import type { CompletionSources } from '../ports/completion-sources.ts';
import { labelledThings } from './docker-engine/labelled-things.ts';
import { profileTitles } from './profile-titles.ts';

/** Milliseconds: somebody waits at a prompt. */
const DEADLINE = 300;

/** What completion asks of this machine and its engine; `onLate` is told when the engine did not answer in time. */
export function completionSources(env: NodeJS.ProcessEnv, installFolder: string, onLate: () => void): CompletionSources {
  return {
    ...labelledThings(env, DEADLINE, onLate),
    profiles: () => profileTitles(`${installFolder}/profiles`),
    usage: () => jsonFile(`${installFolder}/dist/usage.json`),
  };
}

function jsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
