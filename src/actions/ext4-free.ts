import type { HostChanges } from '../ports/host-changes.ts';

/** Free bytes of an ext4 filesystem that is not mounted, by its superblock; undefined where that cannot be read. */
export async function ext4Free(device: string, changes: HostChanges): Promise<number | undefined> {
  const ran = await changes.run(['dumpe2fs', '-h', device], { timeoutMs: 60_000 }).catch(() => undefined);
  if (ran === undefined || ran.exitCode !== 0) return undefined;
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(ran.stdout)?.[1]);
  const free = field('Free blocks') * field('Block size');
  return Number.isFinite(free) ? free : undefined;
}
