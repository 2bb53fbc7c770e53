import type { HostFiles } from '../../ports/host-files.ts';
import type { Tenant } from '../check.ts';
import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { cgroupLayout } from '../kernel/cgroup-layout.ts';
import { keyedNumber } from '../kernel/keyed-number.ts';
import { textOf } from '../place.ts';

interface Evidence {
  /** Programs killed for want of memory since boot, whoever they were. */
  readonly host: number | undefined;
  /** Of each running node, with the file that counts; of others the engine's own flag is all there is. */
  readonly nodes: readonly { readonly node: string; readonly kills: number; readonly source: string }[];
}

export const oomHistory = check({
  id: 'oom.history',
  question: 'was something killed for want of memory since the host booted',
  looksAt: 'host',
  probe({ files }, { tenants }): Evidence {
    const mounts = cgroupLayout(textOf(files, '/proc/self/mountinfo') ?? '');
    const memory = mounts.controllers.memory ?? mounts.unified;
    return {
      host: keyedNumber(textOf(files, '/proc/vmstat') ?? '', 'oom_kill'),
      nodes: tenants.flatMap((tenant) => killsOf(tenant, memory, files)),
    };
  },
  judge({ host, nodes }) {
    const read = [
      { source: '/proc/vmstat oom_kill', value: host === undefined ? 'not told' : String(host) },
      ...nodes.map(({ source, kills }) => ({ source, value: String(kills) })),
    ];
    const hit = nodes.filter(({ kills }) => kills > 0).map(({ node }) => node);
    if (hit.length > 0) {
      const text = 'Give it more memory or swap; `nodectl logs` and the kernel log tell the moment.';
      const commands = hit.map((node) => `nodectl status ${node}`);
      return harm('fail', `The kernel killed ${hit.join(', ')}, or a program in its container, for want of memory.`, read, {
        text,
        commands,
      });
    }
    if (host === undefined) return calm('unknown', 'Whether something was killed for want of memory is not counted here.', read);
    if (host === 0) return calm('ok', 'Nothing was killed for want of memory since the host booted.', read);
    const meaning = `Since the host booted, the kernel killed ${host === 1 ? 'one program' : `${host} programs`} for want of memory; no node of today, as far as is counted.`;
    return harm('warn', meaning, read, { text: 'See who it was.', commands: ["journalctl -k -g 'oom-kill|Out of memory'"] });
  },
});

/** The kernel's count where the node runs; the engine's flag where it ended. */
function killsOf({ name, container }: Tenant, memory: string | undefined, files: HostFiles): Evidence['nodes'] {
  const folders = [`docker/${container.id}`, `system.slice/docker-${container.id}.scope`].map((folder) => `${memory}/${folder}`);
  for (const path of folders.flatMap((folder) => [`${folder}/memory.events`, `${folder}/memory.oom_control`])) {
    const kills = keyedNumber(textOf(files, path) ?? '', 'oom_kill');
    if (kills !== undefined) return [{ node: name, kills, source: path }];
  }
  return [{ node: name, kills: container.oomKilled ? 1 : 0, source: `${container.name}: State.OOMKilled` }];
}
