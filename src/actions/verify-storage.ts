import { GUARD_LOCK, isGuardSeen } from '../host/guard/guard-seen.ts';
import { engineQuota } from '../host/storage/quota-kind.ts';
import type { DesiredNode } from '../node/desired-node.ts';
import { partNames } from '../node/names.ts';
import { type StorageFacts, storageFacts } from '../node/storage/storage-facts.ts';
import type { Engine, EngineInfo } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { seeStorage, storagePlace } from './see-storage.ts';

/** A guard begins within seconds, also on a small machine. */
const GUARD_MS = 15_000;

/** Reads back what keeps a started node's chain to its size. */
export async function verifyStorage(
  { name, spec, storage }: DesiredNode,
  { engine, info }: { readonly engine: Engine; readonly info: EngineInfo },
  world: World,
): Promise<StorageFacts> {
  if (spec.storage === null) return storageFacts(spec, { loop: undefined, quota: undefined, option: undefined, guarded: false });
  const container = await engine.inspect(partNames(name).container);
  const { size } = storage?.options ?? {};
  const option = size === undefined ? undefined : { bytes: Number(size), kind: engineQuota(info) };
  if (container === undefined) return storageFacts(spec, { loop: undefined, quota: undefined, option: option?.bytes, guarded: false });
  const see = () => seeStorage(spec, { ...storagePlace(name, container, info.local), option }, world);
  const facts = await see();
  return facts.enforcement === 'not enforced' && spec.storageMode === 'watchdog' ? untilGuarded(facts, see, storage, world) : facts;
}

/** A guard that runs, or was started just now, sees a new container a moment later. */
async function untilGuarded(
  first: StorageFacts,
  see: () => Promise<StorageFacts>,
  storage: DesiredNode['storage'],
  { clock, hostFiles, signal }: World,
): Promise<StorageFacts> {
  const files = await hostFiles();
  let facts = first;
  for (
    const end = clock.now() + GUARD_MS;
    facts.enforcement === 'not enforced' && clock.now() < end && !signal.aborted;
    facts = await see()
  ) {
    if (storage?.guard === undefined && !isGuardSeen(GUARD_LOCK, files)) return facts;
    await clock.sleep(200, signal);
  }
  return facts;
}
