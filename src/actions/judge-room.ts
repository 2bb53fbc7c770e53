import { NodectlError } from '../errors.ts';
import { judgeDisk } from '../node/disk-guard.ts';
import type { NetworkProfile } from '../node/profile.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';

/** DISK_TOO_SMALL when the engine's disk, or the storage asked for, cannot hold a new node's chain; forced, it is a note. */
export function judgeRoom(spec: NodeSpec, profile: NetworkProfile, force: boolean, info: EngineInfo, host: Host): readonly string[] {
  const { mode, history, storage } = spec;
  const free = info.local ? host.diskFree(info.rootDir) : undefined;
  const problem = judgeDisk({ profile, mode, history, storage, free, used: 0 });
  if (problem === undefined) return [];
  if (!force) throw new NodectlError('DISK_TOO_SMALL', problem.message, { hint: problem.hint });
  return [`Forced: ${problem.message}`];
}
