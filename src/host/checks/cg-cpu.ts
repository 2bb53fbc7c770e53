import { type CgroupEvidence, probeCgroups } from '../cgroup-evidence.ts';
import { check } from '../check.ts';
import { delegateRemedy } from '../delegation.ts';
import { calm, harm } from '../judgement.ts';

export const cgCpu = check({
  id: 'cg.cpu',
  question: 'does a CPU limit hold',
  looksAt: 'engine',
  probe: (eyes): CgroupEvidence => probeCgroups(eyes),
  judge({ info, controllers }) {
    const kernel = controllers?.includes('cpu');
    const read = [
      ...(info === undefined ? [] : [{ source: 'GET /info CpuCfsQuota', value: String(info.enforces.cpu) }]),
      ...(controllers === undefined ? [] : [{ source: 'controllers of /sys/fs/cgroup', value: controllers.join(' ') }]),
    ];
    const holds = info?.enforces.cpu ?? kernel;
    if (holds === undefined) return calm('unknown', 'Whether CPU limits hold could not be read.', read);
    if (holds) return calm('ok', 'A node is held to its CPU limit.', read);
    if (info?.rootless === true) {
      return harm(
        'fail',
        'The rootless engine was not given the CPU controller: it refuses or discards --cpus.',
        read,
        delegateRemedy(info),
      );
    }
    if (kernel === true) {
      const text = 'The kernel has the controller: look at what a node really gets with `nodectl inspect`.';
      return harm('warn', 'The engine says that it knows no CPU limits, as Podman says also where they hold.', read, {
        text,
        commands: [],
      });
    }
    const text = 'Boot a kernel with CONFIG_CFS_BANDWIDTH and the cpu controller mounted.';
    return harm('fail', 'The engine knows no CPU limits: a syncing node takes every CPU of the host.', read, { text, commands: [] });
  },
});
