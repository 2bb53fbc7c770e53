import type { HostStep } from '../host-step.ts';
import { cgroupLayout } from '../kernel/cgroup-layout.ts';
import { wholeNumber } from '../kernel/whole-number.ts';
import { textOf } from '../place.ts';
import { planSwappiness, SWAPPINESS_FILE } from '../swappiness/plan-swappiness.ts';
import { SYSCTL_FILE } from '../swappiness/sysctl-file.ts';
import type { Fix } from './fix.ts';
import { writableText } from './writable-text.ts';

/** Keeps geth's heap in RAM and drops pages of files first; 0 would kill a node at its limit. */
const WANTED = 10;

export const swappinessFix: Fix = {
  heals: ['vm.swappiness'],
  async plan({ files }) {
    const now = wholeNumber(textOf(files, SWAPPINESS_FILE) ?? '');
    if (now === undefined) return [];
    const value = now > 0 && now <= WANTED ? now : WANTED;
    const memory = cgroupLayout(textOf(files, '/proc/self/mountinfo') ?? '').controllers.memory;
    const group = `${memory}/docker/memory.swappiness`;
    const copied = memory === undefined ? undefined : wholeNumber(textOf(files, group) ?? '');
    const steps = planSwappiness(value, { now, text: writableText(files, SYSCTL_FILE) });
    return copied === undefined || copied === value ? steps : [...steps, groupStep(group, value, copied)];
  },
};

/** On cgroup v1 new containers copy the value of their parent group, which was made before. */
function groupStep(path: string, value: number, before: number): HostStep {
  return {
    id: 'group-swappiness',
    cause: 'containers that start now copy theirs from there',
    command: `echo ${value} > ${path}`,
    undo: `echo ${before} > ${path}`,
    act: { kind: 'set-kernel-value', path, value: String(value) },
    revert: { kind: 'set-kernel-value', path, value: String(before) },
  };
}
