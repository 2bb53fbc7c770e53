/** What this system runs in. `docker` and `lxc` share a kernel that belongs to somebody else; so does `openvz`. */
export type Virtualisation = 'none' | 'machine' | 'wsl' | 'docker' | 'podman' | 'lxc' | 'nspawn' | 'openvz' | 'container';

/** Texts of the files that give it away, undefined where a file is not there or not readable. */
export interface VirtualisationTraces {
  /** /proc/sys/kernel/osrelease */
  readonly release: string | undefined;
  /** Whether /proc/vz exists. */
  readonly vz: boolean;
  /** Whether /proc/bc exists: only on an OpenVZ host itself. */
  readonly bc: boolean;
  /** /run/systemd/container: systemd's own word for its container manager. */
  readonly container: string | undefined;
  /** Whether /.dockerenv exists. */
  readonly dockerenv: boolean;
  /** Whether /run/.containerenv exists (Podman). */
  readonly containerenv: boolean;
  /** /proc/self/mountinfo */
  readonly mounts: string | undefined;
  /** /proc/cpuinfo */
  readonly cpuinfo: string | undefined;
}

/** Tells containers from machines as systemd-detect-virt does, from files that every user may read. */
export function virtualisation(traces: VirtualisationTraces): Virtualisation {
  if (traces.vz && !traces.bc) return 'openvz';
  if (/microsoft.*wsl|wsl2|microsoft-standard/i.test(traces.release ?? '')) return 'wsl';
  const word = traces.container?.trim().toLowerCase() ?? '';
  if (word.startsWith('lxc')) return 'lxc';
  if (word === 'docker' || word === 'podman' || word === 'openvz') return word;
  if (word === 'systemd-nspawn') return 'nspawn';
  if (word === 'wsl') return 'wsl';
  if (word !== '') return 'container';
  if (/ - fuse\.lxcfs /.test(traces.mounts ?? '')) return 'lxc';
  if (traces.dockerenv) return 'docker';
  if (traces.containerenv) return 'podman';
  return /^flags\s*:.*\bhypervisor\b/m.test(traces.cpuinfo ?? '') ? 'machine' : 'none';
}
