import { formatDuration } from '../node/duration.ts';
import type { NodeStatus } from '../node/node-status.ts';

/** A container's life in a line. */
export function containerText(container: NodeStatus['container']): string {
  const parts: string[] = [container.state];
  if (container.uptimeMs !== null) parts[0] = `${container.state} for ${formatDuration(container.uptimeMs)}`;
  if (container.exitCode !== null) parts.push(`exit code ${container.exitCode}`);
  if (container.finishedAt !== null) parts.push(`ended ${container.finishedAt.slice(0, 19)}Z`);
  if (container.oomKilled) parts.push('out of memory, by the engine');
  if (container.restartCount > 0) parts.push(`restarted ${container.restartCount} times`);
  if (container.error !== null) parts.push(container.error);
  return parts.join(', ');
}

export function cpuText(use: NodeStatus['use'], limits: NodeStatus['limits']): string | null {
  const text = ofLimit(use.cpusAverage, limits.cpus, (cpus) => String(Math.round(cpus * 100) / 100));
  return text && (use.cpusAverage === null ? text : `${text}, on average since the start`);
}

/** `1 of 2`; null where neither is known. */
export function ofLimit(used: number | null, limit: number | null, format: (value: number) => string): string | null {
  if (used === null) return limit === null ? null : `limit ${format(limit)}`;
  return limit === null ? `${format(used)}, no limit` : `${format(used)} of ${format(limit)}`;
}
