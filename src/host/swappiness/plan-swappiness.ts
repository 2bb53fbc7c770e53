import type { HostStep } from '../host-step.ts';
import { shellWord } from '../shell-word.ts';
import { SYSCTL_FILE, setSysctl, sysctlBefore, sysctlValue, unsetSysctl } from './sysctl-file.ts';

export const SWAPPINESS_KEY = 'vm.swappiness';
export const SWAPPINESS_FILE = '/proc/sys/vm/swappiness';

const UNDO = 'nodectl host swappiness --undo';

/** What is so before a change: the kernel's value, and the text of our file (undefined: none). */
export interface SwappinessFacts {
  readonly now: number;
  readonly text: string | undefined;
}

/** The steps that set the value now and at every boot; none where both are so. The file goes first: it notes the value of before. */
export function planSwappiness(value: number, { now, text }: SwappinessFacts): readonly HostStep[] {
  const steps: HostStep[] = [];
  const persistent = text !== undefined && sysctlValue(text, SWAPPINESS_KEY) === String(value);
  if (!persistent) {
    const wanted = setSysctl(text, SWAPPINESS_KEY, String(value), String(now));
    const command = `echo ${shellWord(`${SWAPPINESS_KEY} = ${value}`)} >> ${SYSCTL_FILE}`;
    steps.push(write('persist', 'it shall be so after every boot', command, UNDO, text, wanted));
  }
  if (now !== value) steps.push(setNow(value, now, 'the kernel shall follow it now', UNDO));
  return steps;
}

/** The steps that take our setting back and give the kernel the value it had; none where nothing of ours is set. */
export function planSwappinessUndo({ now, text }: SwappinessFacts): readonly HostStep[] {
  const wanted = unsetSysctl(text, SWAPPINESS_KEY);
  if (text === undefined || wanted === text) return [];
  const before = Number(sysctlBefore(text, SWAPPINESS_KEY));
  const ours = sysctlValue(text, SWAPPINESS_KEY) === String(now);
  const steps: HostStep[] = [];
  if (ours && Number.isInteger(before) && before !== now) steps.push(setNow(before, now, 'it was so before nodectl set it', null));
  const command = wanted === undefined ? `rm ${SYSCTL_FILE}` : `sed -i '/^${SWAPPINESS_KEY}/d' ${SYSCTL_FILE}`;
  steps.push(write('forget', 'the next boot shall not set it', command, null, text, wanted));
  return steps;
}

function setNow(value: number, now: number, cause: string, undo: string | null): HostStep {
  return {
    id: 'set-now',
    cause,
    command: `sysctl -w ${SWAPPINESS_KEY}=${value}`,
    undo,
    act: { kind: 'set-kernel-value', path: SWAPPINESS_FILE, value: String(value) },
    revert: { kind: 'set-kernel-value', path: SWAPPINESS_FILE, value: String(now) },
  };
}

function write(
  id: string,
  cause: string,
  command: string,
  undo: string | null,
  expected: string | undefined,
  text: string | undefined,
): HostStep {
  const revert = { kind: 'write-file', path: SYSCTL_FILE, expected: text, text: expected, mode: 0o644 } as const;
  return { id, cause, command, undo, act: { kind: 'write-file', path: SYSCTL_FILE, expected, text, mode: 0o644 }, revert };
}
