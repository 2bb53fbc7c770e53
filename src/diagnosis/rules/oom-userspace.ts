import { programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { exitLine, kernelLines } from '../evidence-lines.ts';
import { containersOf } from '../kernel/container-cgroup.ts';
import type { UserspaceKill } from '../kernel/kernel-record.ts';
import { fatalKill, kernelRecords, kernelSlack, kernelSource } from '../kernel-kills.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';
import type { Confidence } from '../verdict.ts';

/** How long a program may take to end after it was asked (earlyoom asks with 15 first). */
const ENDS_WITHIN_MS = 60_000;

export const oomUserspace: Rule = {
  id: 'oom.userspace',
  code: 21,
  finds: 'a program that guards the memory of the host (systemd-oomd, earlyoom) killed it',
  judge(evidence) {
    const end = endOf(evidence);
    if (end === undefined || fatalKill(evidence) !== undefined) return undefined;
    const found = kernelRecords(evidence, 'userspace-kill').findLast(
      (record) => hits(record, evidence) !== undefined && isBefore(record, end.at),
    );
    if (found === undefined) return undefined;
    const fits = end.code === null || end.code === 137 || (found.signal === 15 && [0, 2, 143].includes(end.code));
    const confidence = fits ? (hits(found, evidence) ?? 'possible') : 'possible';
    return {
      confidence,
      meaning: `${found.by} saw the host short of memory and killed ${programOf(evidence)}; neither its limit nor the kernel did.`,
      supports: [...kernelLines(found, kernelSource(evidence)), exitLine(evidence)],
      doubts: [],
      remedies: [
        { text: 'Give the host more memory or swap, or lower the limits of its nodes.', commands: ['nodectl doctor'] },
        { text: `Or let ${found.by} spare containers; the kernel then kills where memory really ends.`, commands: spare(found.by) },
      ],
    };

    function isBefore({ at }: UserspaceKill, ended: number): boolean {
      const slack = kernelSlack(evidence);
      return at <= ended + slack && at >= ended - ENDS_WITHIN_MS - slack;
    }
  },
};

/** How sure it is that a kill was of this container; undefined where it was of something else. */
function hits({ victimCgroup, pid, process }: UserspaceKill, { container, run, role }: CaseEvidence): Confidence | undefined {
  if (victimCgroup !== null) return containersOf(victimCgroup).includes(container.id) ? 'certain' : undefined;
  if (run.pid !== null && pid !== null) return pid === run.pid ? 'certain' : undefined;
  return role === 'execution' && process === 'geth' ? 'likely' : undefined;
}

function spare(by: string): readonly string[] {
  if (by === 'systemd-oomd') return ['systemctl set-property docker.service ManagedOOMPreference=avoid'];
  return by === 'earlyoom' ? ["earlyoom --avoid '^geth$'"] : [];
}
