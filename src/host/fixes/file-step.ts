import type { HostStep } from '../host-step.ts';
import { shellWord } from '../shell-word.ts';

/** A file's text before and after; undefined where there is, or shall be, none. */
export interface FileEdit {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string;
}

/** Where a file's bytes are kept before nodectl changes them. */
export function keptPath(path: string): string {
  return `${path}.before-nodectl`;
}

/** The steps that write a file, its old bytes kept beside it first; both are told as they are typed by hand. */
export function fileSteps(id: string, cause: string, { path, before, after }: FileEdit, kept: string | undefined): readonly HostStep[] {
  const write: HostStep = {
    id,
    cause,
    command: `printf %s ${shellWord(after)} > ${shellWord(path)}`,
    undo: before === undefined ? `rm ${shellWord(path)}` : `mv ${shellWord(keptPath(path))} ${shellWord(path)}`,
    act: { kind: 'write-file', path, expected: before, text: after, mode: 0o644 },
    revert: { kind: 'write-file', path, expected: after, text: before, mode: 0o644 },
  };
  if (before === undefined) return [write];
  const keep: HostStep = {
    id: `${id}-keep`,
    cause: 'its bytes shall come back by the undo',
    command: `cp -p ${shellWord(path)} ${shellWord(keptPath(path))}`,
    undo: null,
    act: { kind: 'write-file', path: keptPath(path), expected: kept, text: before, mode: 0o644 },
    revert: { kind: 'write-file', path: keptPath(path), expected: before, text: kept, mode: 0o644 },
  };
  return [keep, write];
}

/** A step that runs a program; `undo` in words where it must be taken back. */
export function runStep(id: string, cause: string, words: readonly string[], undo?: readonly string[]): HostStep {
  return {
    id,
    cause,
    command: words.map(shellWord).join(' '),
    undo: undo === undefined ? null : undo.map(shellWord).join(' '),
    act: { kind: 'run', words },
    revert: undo === undefined ? 'needless' : { kind: 'run', words: undo },
  };
}
