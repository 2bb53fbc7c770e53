import type { Remedy } from '../../finding.ts';
import { type BootLoader, findBootLoader, parameterRemedy } from '../boot-loader.ts';
import { type CgroupEvidence, probeCgroups } from '../cgroup-evidence.ts';
import { check } from '../check.ts';
import { delegateRemedy } from '../delegation.ts';
import { calm, harm } from '../judgement.ts';
import { kernelParameterHas } from '../kernel/command-line.ts';
import { isBefore, type KernelVersion, parseKernelVersion } from '../kernel/kernel-version.ts';
import { type Place, probePlace, textOf } from '../place.ts';

interface Evidence extends CgroupEvidence {
  readonly kernel: KernelVersion | undefined;
  readonly loader: BootLoader | undefined;
  readonly place: Place;
}

export const cgMemory = check({
  id: 'cg.memory',
  question: 'does a memory limit hold',
  looksAt: 'engine',
  probe: (eyes): Evidence => ({
    ...probeCgroups(eyes),
    kernel: parseKernelVersion(textOf(eyes.files, '/proc/sys/kernel/osrelease') ?? ''),
    loader: findBootLoader(eyes.files),
    place: probePlace(eyes.files),
  }),
  judge(evidence) {
    const { info, controllers } = evidence;
    const kernel = controllers?.includes('memory');
    const read = [
      ...(info === undefined ? [] : [{ source: 'GET /info MemoryLimit', value: String(info.enforces.memory) }]),
      ...(controllers === undefined ? [] : [{ source: 'controllers of /sys/fs/cgroup', value: controllers.join(' ') }]),
    ];
    const holds = info?.enforces.memory ?? kernel;
    if (holds === undefined) return calm('unknown', 'Whether memory limits hold could not be read.', read);
    if (holds) return calm('ok', 'A node is held to its memory limit.', read);
    const meaning = 'The engine discards memory limits: a node may take all memory of the host, and the kernel then kills what it likes.';
    return harm('fail', meaning, read, remedy(evidence, kernel));
  },
});

function remedy({ info, layout, kernel: version, loader, place, commandLine }: Evidence, kernel: boolean | undefined): Remedy {
  if (info?.local === false) return { text: 'Boot that host with the memory controller.', commands: [] };
  if (info?.rootless === true) return delegateRemedy(info);
  if (kernel === true) {
    return {
      text: 'The kernel has the controller, the engine has not seen it: start the engine again.',
      commands: ['systemctl restart docker'],
    };
  }
  const disabled = kernelParameterHas(commandLine, 'cgroup_disable', 'memory');
  // The Raspberry Pi's firmware itself writes cgroup_disable=memory before the words of its file.
  if (disabled && loader?.kind !== 'raspberry-pi') return parameterRemedy({ add: [], remove: ['cgroup_disable=memory'] }, loader, place);
  // CONFIG_MEMCG_V1 may be off from 6.11 on, as Debian 13 has it.
  const unifiedAlone = (layout?.kind === 'v1' || layout?.kind === 'hybrid') && version !== undefined && !isBefore(version, 6, 11);
  if (unifiedAlone && !disabled) {
    const text = `This kernel (${version.major}.${version.minor}) limits memory on cgroup v2 alone: boot with that; cg.version tells how.`;
    return { text, commands: ['nodectl doctor cg.version'] };
  }
  return parameterRemedy({ add: ['cgroup_enable=memory', 'cgroup_memory=1'], remove: [] }, loader, place);
}
