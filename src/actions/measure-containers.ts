import { logFiles } from '../node/storage/log-files.ts';
import type { StoragePart } from '../node/storage/storage-show.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { World } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** What containers take on the engine's disk beside their volumes: their logs, as files that only root can see, and their own layer. */
export async function measureContainers(
  containers: readonly ObservedContainer[],
  info: EngineInfo,
  deadline: number,
  world: World,
): Promise<{ readonly parts: readonly StoragePart[]; readonly notes: readonly string[] }> {
  const [engine, files] = [await world.engine(), info.local ? await world.hostFiles() : undefined];
  const each = await Promise.all(
    containers.map(async (container) => {
      const { name, id, log } = container;
      const layer = await withinDeadline(engine.layerSize(id), deadline, world.clock).catch(() => 'late' as const);
      const logs = log.driver === 'none' ? 0 : files && logBytes(container, info.rootDir, files);
      const parts: StoragePart[] = [
        { part: 'logs', of: name, bytes: logs ?? null },
        { part: 'layer', of: name, bytes: (layer === 'late' ? undefined : layer.value) ?? null },
      ];
      return { parts, note: logs === undefined ? logNote(container, info) : undefined };
    }),
  );
  return { parts: each.flatMap(({ parts }) => parts), notes: each.flatMap(({ note }) => note ?? []) };
}

function logBytes(container: ObservedContainer, root: string, files: HostFiles): number | undefined {
  const found = logFiles(container, root);
  const names = found && files.list(found.folder);
  if (found === undefined || names === undefined) return undefined;
  return names.filter(found.isLog).reduce((sum, name) => sum + (files.status(`${found.folder}/${name}`)?.allocated ?? 0), 0);
}

function logNote({ name, log }: ObservedContainer, { local }: EngineInfo): string {
  if (logFiles({ id: '', log }, '') === undefined) return `The log of ${name} goes to ${log.driver}, which keeps it elsewhere.`;
  return `The log of ${name} can be measured only by root on the engine's machine${local ? '' : ', which is another one'}.`;
}
