import type { HostChanges } from '../ports/host-changes.ts';

/** The kernel keeps a fiftieth of the blocks to itself, and no more than so many (fs/ext4/super.c, reserved clusters; measured on 6.18). */
const [KEPT_PART, KEPT_MOST] = [50, 4096];

/** Bytes of an unmounted ext4 filesystem that a user could write were it mounted, by its superblock; undefined where that cannot be read. */
export async function ext4Free(device: string, changes: HostChanges): Promise<number | undefined> {
  const ran = await changes.run(['dumpe2fs', '-h', device], { timeoutMs: 60_000 }).catch(() => undefined);
  if (ran === undefined || ran.exitCode !== 0) return undefined;
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(ran.stdout)?.[1]);
  const kept = field('Reserved block count') + Math.min(Math.floor(field('Block count') / KEPT_PART), KEPT_MOST);
  const free = Math.max(0, field('Free blocks') - kept) * field('Block size');
  return Number.isFinite(free) ? free : undefined;
}
