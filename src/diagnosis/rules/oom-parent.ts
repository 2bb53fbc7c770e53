import { formatSize } from '../../node/size.ts';
import { programOf } from '../commands.ts';
import { limitLine, line } from '../evidence-lines.ts';
import { fatalKill } from '../kernel-kills.ts';
import { killedForMemory } from '../memory-kill-claim.ts';
import { presumedKill } from '../presumed-kill.ts';
import type { Rule } from '../rule.ts';

export const oomParent: Rule = {
  id: 'oom.parent',
  code: 21,
  finds: 'the kernel killed it at the memory limit of a group that it shares with others',
  judge(evidence) {
    const fatal = fatalKill(evidence);
    if (fatal?.scope === 'parent') {
      const group = fatal.record.limitCgroup ?? '';
      const size = limitOf(fatal.record.limitBytes);
      return {
        ...killedForMemory(evidence, fatal),
        meaning: `The group ${group}, of which its container is a part, met its memory limit${size}, and the kernel chose ${programOf(evidence)}. Its own limit is not the cause.`,
        remedies: [
          {
            text: `Raise the limit of ${group}, or move others out of it: a larger limit of the container does not help.`,
            commands: raise(group),
          },
        ],
      };
    }
    const presumed = fatal === undefined ? presumedKill(evidence) : undefined;
    // Cgroup v1 tells the engine nothing of a host without memory, so that without a limit of its own one above it is left.
    if (presumed === undefined || evidence.container.limits.memory > 0 || evidence.engine.cgroupVersion !== 1) return undefined;
    return {
      ...presumed,
      supports: [...presumed.supports, limitLine(evidence)],
      doubts: [...presumed.doubts, line('cgroup', 'version 1: the engine also says it of a kill of a neighbour in the same group')],
      meaning: `The kernel killed ${programOf(evidence)} for want of memory; its container has no limit, so that a group above it had one.`,
      remedies: [{ text: 'See which group limits the engine’s containers, and raise it.', commands: ['systemd-cgls --no-pager'] }],
    };
  },
};

function limitOf(bytes: number | null): string {
  return bytes === null || !Number.isFinite(bytes) ? '' : ` of ${formatSize(bytes)}`;
}

/** A slice or scope of systemd is raised by its name. */
function raise(group: string): readonly string[] {
  const unit = /([A-Za-z0-9_.@-]+\.(?:slice|scope|service))$/.exec(group)?.[1];
  return unit === undefined ? [] : [`systemctl set-property ${unit} MemoryMax=infinity`];
}
