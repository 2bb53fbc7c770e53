import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Where the kernel's pseudo files are; a test gives a tree of its own. */
export interface KernelRoots {
  readonly proc: string;
  readonly sys: string;
  readonly run: string;
}

export interface CgroupFolders {
  readonly version: 1 | 2;
  /** The folder of one controller for the process; undefined where that controller is not mounted. */
  folder(controller: 'memory' | 'cpu' | 'cpuacct' | 'pids'): string | undefined;
}

/**
 * Where the cgroup files of a process are. A controller that has a v1 hierarchy counts as v1 (also on hybrid hosts, where
 * cgroup2 is mounted beside them without controllers). Undefined when the process is gone or the mounts are not readable.
 */
export function cgroupFolders(roots: KernelRoots, pid: number): CgroupFolders | undefined {
  const membership = read(join(roots.proc, String(pid), 'cgroup'));
  const mountinfo = read(join(roots.proc, 'self/mountinfo'));
  if (membership === undefined || mountinfo === undefined) return undefined;
  const mounts = parseMounts(mountinfo);

  const paths = new Map<string, string>();
  for (const line of membership.split('\n')) {
    const match = /^\d+:([^:]*):(.*)$/.exec(line);
    for (const controller of match?.[1]?.split(',') ?? []) paths.set(controller, match?.[2] ?? '/');
  }
  const version = paths.has('memory') ? 1 : 2;
  const locate = (controller: string) => {
    const path = paths.get(version === 1 ? controller : '');
    const mount = mounts.find(({ type, options }) =>
      version === 1 ? type === 'cgroup' && options.includes(controller) : type === 'cgroup2',
    );
    // A path with `..` lies outside what this cgroup namespace can see.
    if (path === undefined || mount === undefined || path.includes('/..')) return undefined;
    const below = relative(mount.root, path);
    const folder = join(mount.point.replace(/^\/sys(?=\/)/, roots.sys), below);
    return !below.startsWith('..') && existsSync(folder) ? folder : undefined;
  };
  return { version, folder: locate };
}

/** Lines of proc(5) mountinfo: `id parent dev root point options [optional…] - type source superoptions`. */
function parseMounts(mountinfo: string) {
  return mountinfo.split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , root, point] = before.split(' ');
    const [type, , options = ''] = after.split(' ');
    return root !== undefined && point !== undefined && type !== undefined ? [{ root, point, type, options: options.split(',') }] : [];
  });
}

/** A small text file; undefined when it cannot be read for whatever reason. */
export function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
