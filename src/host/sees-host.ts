import type { EngineSight } from './check.ts';

/** Whether this machine's files speak of the engine's host: it shares the kernel, or is no engine of another host. */
export function seesHost(sight: EngineSight): boolean {
  if ('info' in sight) return sight.info.local;
  const { endpoint } = sight.problem;
  return endpoint === undefined || endpoint.startsWith('unix:');
}
