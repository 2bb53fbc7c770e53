import type { CaseEvidence } from '../diagnosis/evidence.ts';
import { recordsFrom } from '../diagnosis/kernel/records-from.ts';
import type { KernelLogQuery } from '../ports/kernel-log.ts';
import type { World } from '../ports.ts';

/** What the kernel of the engine's host tells of a stretch of time, somewhat widened where its clock is not exact. */
export async function readKernelLog(
  query: KernelLogQuery,
  local: boolean,
  world: Pick<World, 'kernelLog'>,
): Promise<CaseEvidence['kernel']> {
  if (!local) return { blind: 'the engine runs on another machine' };
  const found = await (await world.kernelLog()).read(query);
  if ('blind' in found) return found;
  return { seen: { records: recordsFrom(found.entries), since: found.since, source: found.source } };
}
