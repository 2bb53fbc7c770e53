import type { ObservedContainer } from '../../ports/containers.ts';

/** Where the engine keeps a container's output, as files on its own disk. */
export interface LogFiles {
  readonly folder: string;
  /** True of the names of its log files there. */
  isLog(name: string): boolean;
}

/** `root` is the engine's own folder; undefined where its log driver keeps no such files. */
export function logFiles({ id, log }: Pick<ObservedContainer, 'id' | 'log'>, root: string): LogFiles | undefined {
  const folder = `${root}/containers/${id}`;
  if (log.driver === 'json-file') return { folder, isLog: (name) => name.startsWith(`${id}-json.log`) };
  return log.driver === 'local' ? { folder: `${folder}/local-logs`, isLog: () => true } : undefined;
}
