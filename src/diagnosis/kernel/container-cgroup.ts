import type { OomKill } from './kernel-record.ts';

/**
 * The ids of the containers a cgroup path lies in, outermost first: `/docker/<id>`, `/system.slice/docker-<id>.scope`,
 * `/machine.slice/libpod-<id>.scope/container`. More than one where engines run inside containers.
 */
export function containersOf(cgroup: string): readonly string[] {
  return cgroup.split('/').flatMap((part) => /(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])/.exec(part)?.[0] ?? []);
}

/**
 * Whether a process of the container was killed. Where the line with the cgroups is missing (the kernel writes ten of them in five
 * seconds at most, and before 5.0 none when the host has no memory), the host's id of the container's first process tells, if it is known.
 */
export function killedInside(kill: OomKill, containerId: string, firstPid: number | null): boolean {
  return kill.victimCgroup === '' ? kill.pid === firstPid : containersOf(kill.victimCgroup).includes(containerId);
}
