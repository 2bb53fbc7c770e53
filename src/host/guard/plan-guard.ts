import type { HostStep } from '../host-step.ts';
import { shellLine } from '../shell-word.ts';
import { GUARD_UNIT, GUARD_UNIT_PATH } from './guard-unit.ts';

const RELOAD = ['systemctl', 'daemon-reload'];
const DISABLE = ['systemctl', 'disable', '--now', GUARD_UNIT];

/** The steps to a guard that runs now and after every boot; none where it is so. `there` is the text of the unit that is there, `seen` whether a guard of all nodes runs. */
export function planGuard(text: string, there: string | undefined, seen: boolean): readonly HostStep[] {
  if (there === text && seen) return [];
  const run = (id: string, cause: string, words: readonly string[], undo?: readonly string[]): HostStep => ({
    ...{ id, cause, command: shellLine(words), undo: undo === undefined ? null : shellLine(undo) },
    ...{ act: { kind: 'run', words }, revert: undo === undefined ? 'needless' : { kind: 'run', words: undo } },
  });
  const restart = run('restart-guard', 'no guard is seen at work', ['systemctl', 'restart', GUARD_UNIT]);
  if (there === text) return [restart];
  return [
    {
      id: 'write-guard-unit',
      cause: 'nothing of the kernel keeps the chain to its size',
      command: `nodectl writes ${GUARD_UNIT_PATH}`,
      undo: shellLine(['rm', GUARD_UNIT_PATH]),
      act: { kind: 'write-file', path: GUARD_UNIT_PATH, expected: there, text, mode: 0o644 },
      revert: { kind: 'write-file', path: GUARD_UNIT_PATH, expected: text, text: there, mode: 0o644 },
    },
    run('reload-units', 'systemd reads its units when it is told to', RELOAD),
    run('enable-guard', 'it shall run at every boot', ['systemctl', 'enable', GUARD_UNIT], DISABLE),
    { ...restart, cause: 'it shall run now' },
  ];
}

/** Takes the guard away. */
export function planGuardRemoval(there: string | undefined): readonly HostStep[] {
  if (there === undefined) return [];
  const cause = 'no node needs it any more';
  return [
    { id: 'disable-guard', cause, command: shellLine(DISABLE), undo: null, act: { kind: 'run', words: DISABLE }, revert: 'needless' },
    {
      ...{ id: 'remove-guard-unit', cause, command: shellLine(['rm', GUARD_UNIT_PATH]), undo: null },
      ...{ act: { kind: 'remove-file', path: GUARD_UNIT_PATH }, revert: 'needless' },
    },
    { id: 'reload-units', cause, command: shellLine(RELOAD), undo: null, act: { kind: 'run', words: RELOAD }, revert: 'needless' },
  ];
}
