import type { HostFiles } from '../ports/host-files.ts';
import { CAPABILITY, hasCapability } from './kernel/capabilities.ts';
import { isWholeUidMap } from './kernel/uid-map.ts';
import { type Virtualisation, virtualisation } from './kernel/virtualisation.ts';

/** Where this system runs, as far as that decides who may change its kernel. */
export interface Place {
  readonly virtualisation: Virtualisation;
  /** Whether root here may turn swap on and set kernel parameters; undefined where nothing tells. */
  readonly ownsKernel: boolean | undefined;
}

/** The text of a file; undefined where it cannot be read. */
export function textOf(files: HostFiles, path: string): string | undefined {
  const file = files.read(path);
  return 'text' in file ? file.text : undefined;
}

export function probePlace(files: HostFiles): Place {
  const uidMap = textOf(files, '/proc/self/uid_map');
  const status = textOf(files, '/proc/self/status');
  const kind = virtualisation({
    release: textOf(files, '/proc/sys/kernel/osrelease'),
    vz: files.status('/proc/vz') !== undefined,
    bc: files.status('/proc/bc') !== undefined,
    container: textOf(files, '/run/systemd/container'),
    dockerenv: files.status('/.dockerenv') !== undefined,
    containerenv: files.status('/run/.containerenv') !== undefined,
    mounts: textOf(files, '/proc/self/mountinfo'),
    cpuinfo: textOf(files, '/proc/cpuinfo'),
  });
  return { virtualisation: kind, ownsKernel: ownsKernel(kind, uidMap, status, files.uid) };
}

/** The bounding set tells of an ordinary user what root could do here. */
function ownsKernel(kind: Virtualisation, uidMap: string | undefined, status: string | undefined, uid: number): boolean | undefined {
  if (kind === 'openvz' || (uidMap !== undefined && !isWholeUidMap(uidMap))) return false;
  const admin = status === undefined ? undefined : hasCapability(status, CAPABILITY.sysAdmin, uid === 0 ? 'CapEff' : 'CapBnd');
  if (kind === 'lxc' || kind === 'container') return admin === false ? false : undefined;
  return admin;
}

/** True where swap and kernel parameters are for somebody outside to give. */
export function isForeignKernel({ virtualisation, ownsKernel }: Place): boolean {
  return ownsKernel === false || virtualisation === 'wsl';
}
