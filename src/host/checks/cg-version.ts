import type { Remedy } from '../../finding.ts';
import { type BootLoader, findBootLoader, parameterRemedy } from '../boot-loader.ts';
import { type CgroupEvidence, probeCgroups } from '../cgroup-evidence.ts';
import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { isBefore, type KernelVersion, parseKernelVersion } from '../kernel/kernel-version.ts';
import { type Place, probePlace, textOf } from '../place.ts';

interface Evidence extends CgroupEvidence {
  readonly kernel: KernelVersion | undefined;
  readonly systemd: boolean;
  readonly openrc: boolean;
  readonly loader: BootLoader | undefined;
  readonly place: Place;
}

export const cgVersion = check({
  id: 'cg.version',
  question: 'which version of control groups holds the limits',
  looksAt: 'engine',
  probe: (eyes): Evidence => ({
    ...probeCgroups(eyes),
    kernel: parseKernelVersion(textOf(eyes.files, '/proc/sys/kernel/osrelease') ?? ''),
    systemd: eyes.files.status('/run/systemd/system') !== undefined,
    openrc: eyes.files.status('/run/openrc') !== undefined,
    loader: findBootLoader(eyes.files),
    place: probePlace(eyes.files),
  }),
  judge(evidence) {
    const { info, layout } = evidence;
    const read = [
      ...(info === undefined ? [] : [{ source: 'GET /info CgroupVersion', value: String(info.cgroupVersion) }]),
      ...(layout === undefined ? [] : [{ source: '/proc/self/mountinfo', value: layout.kind }]),
    ];
    if (layout?.kind === 'none' && info === undefined) {
      const text = 'Mount the control groups: start systemd, or the service cgroups of OpenRC, or cgroupfs-mount.';
      return harm('fail', 'No control groups are mounted: no limit of a container can hold.', read, { text, commands: [] });
    }
    const version = info?.cgroupVersion ?? (layout === undefined ? undefined : layout.kind === 'v2' ? 2 : 1);
    if (version === undefined) return calm('unknown', 'Which version of control groups is in use could not be read.', read);
    if (version === 2) return calm('ok', 'Limits are held by cgroup v2.', read);
    const meaning =
      'Limits are held by cgroup v1: the engine does not see when the host itself runs out of memory, and engines from 29 on warn that they will drop it.';
    return harm('warn', meaning, read, remedy(evidence));
  },
});

function remedy({ info, kernel, systemd, openrc, loader, place, commandLine }: Evidence): Remedy {
  if (info?.local === false) return { text: 'Boot that host with cgroup v2.', commands: [] };
  if (kernel !== undefined && isBefore(kernel, 5, 2)) {
    return {
      text: `This kernel (${kernel.major}.${kernel.minor}) is too old for cgroup v2 to be of use; a newer release has it by default.`,
      commands: [],
    };
  }
  if (systemd) {
    const old = /(?:^|\s)(systemd\.unified_cgroup_hierarchy=(?:0|no|false))(?:\s|$)/.exec(commandLine)?.[1];
    const change = old === undefined ? { add: ['systemd.unified_cgroup_hierarchy=1'], remove: [] } : { add: [], remove: [old] };
    return parameterRemedy(change, loader, place);
  }
  if (openrc) return { text: 'In /etc/rc.conf, write rc_cgroup_mode="unified"; it holds from the next boot on.', commands: ['reboot'] };
  return { text: 'Whatever mounts /sys/fs/cgroup at boot must mount cgroup2 there instead.', commands: [] };
}
