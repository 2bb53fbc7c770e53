import type { EngineUsage } from '../../ports/engine.ts';
import type { Connection } from './connection.ts';
import { containerPath } from './container-path.ts';

interface Stats {
  readonly cpu_stats?: { readonly cpu_usage?: { readonly total_usage?: number } };
  readonly memory_stats?: { readonly usage?: number; readonly stats?: Readonly<Record<string, number>> };
}

/** One sample of the engine's statistics, memory without reclaimable page cache as `docker stats` counts it; undefined when not running. */
export async function containerUsage(connection: Connection, container: string): Promise<EngineUsage | undefined> {
  const { status, body } = await connection.ask({
    method: 'GET',
    path: containerPath(container, 'stats'),
    // Without one-shot the engine takes two samples, a second apart.
    query: { stream: false, 'one-shot': true },
    accept: [200, 404],
    purpose: `read the use of ${container}`,
  });
  if (status === 404) return undefined;
  const stats = body as Stats;
  const usage = stats.memory_stats?.usage;
  if (usage === undefined) return undefined;
  const counters = stats.memory_stats?.stats ?? {};
  const cache = counters.total_inactive_file ?? counters.inactive_file ?? 0;
  return {
    memory: cache < usage ? usage - cache : usage,
    swap: counters.total_swap ?? counters.swap,
    cpuNanoseconds: stats.cpu_stats?.cpu_usage?.total_usage ?? 0,
  };
}
