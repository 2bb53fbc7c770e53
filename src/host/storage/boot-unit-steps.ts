import type { SizedPlace } from '../../node/storage/sized-place.ts';
import type { HostStep } from '../host-step.ts';
import { shellLine } from '../shell-word.ts';
import { unitName, unitPath, unitText } from './boot-unit.ts';

/** The unit that attaches the file at every boot, where it is not there as it shall be. */
export function unitSteps(place: SizedPlace, there: string | undefined): readonly HostStep[] {
  const text = unitText(place);
  if (there === text) return [];
  const path = unitPath(place);
  const enable = ['systemctl', 'enable', unitName(place)];
  return [
    {
      id: 'write-unit',
      cause: 'a loop device is gone after a boot',
      command: `nodectl writes ${path}`,
      undo: shellLine(['rm', path]),
      act: { kind: 'write-file', path, expected: there, text, mode: 0o644 },
      revert: { kind: 'write-file', path, expected: text, text: there, mode: 0o644 },
    },
    {
      id: 'enable-unit',
      cause: 'it shall run at every boot',
      command: shellLine(enable),
      undo: shellLine(['systemctl', 'disable', unitName(place)]),
      act: { kind: 'run', words: enable },
      revert: { kind: 'run', words: ['systemctl', 'disable', unitName(place)] },
    },
  ];
}

/** Takes the unit away. */
export function unitRemoval(place: SizedPlace, there: string | undefined): readonly HostStep[] {
  if (there === undefined) return [];
  const path = unitPath(place);
  const disable = ['systemctl', 'disable', unitName(place)];
  return [
    {
      id: 'disable-unit',
      cause: 'there is nothing to attach any more',
      command: shellLine(disable),
      undo: null,
      act: { kind: 'run', words: disable },
      revert: 'needless',
    },
    {
      id: 'remove-unit',
      cause: 'its work is gone',
      command: shellLine(['rm', path]),
      undo: null,
      act: { kind: 'remove-file', path },
      revert: 'needless',
    },
  ];
}
