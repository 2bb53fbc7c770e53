import { NodectlError } from '../../errors.ts';
import type { FilesystemFacts } from '../../ports/host-files.ts';

/** How a swap file is made on a filesystem so that the kernel takes it. */
export interface SwapMethod {
  /** `reserve` lets the filesystem hand out blocks (fallocate); `write` writes every byte. */
  readonly how: 'reserve' | 'write';
  /** The file must be excluded from copy-on-write while it is still empty (btrfs). */
  readonly noCopyOnWrite: boolean;
}

const METHODS: Readonly<Record<string, SwapMethod>> = {
  ext4: { how: 'reserve', noCopyOnWrite: false },
  xfs: { how: 'reserve', noCopyOnWrite: false },
  btrfs: { how: 'reserve', noCopyOnWrite: true },
  // They cannot hand out blocks without writing them.
  ext3: { how: 'write', noCopyOnWrite: false },
  ext2: { how: 'write', noCopyOnWrite: false },
};

const INSTEAD = 'Give --path on an ext4, xfs or btrfs disk, make a swap partition, or use compressed memory (zram).';

/** Why the kernel does not swap to files there, for the ones people meet. */
const REASONS: Readonly<Record<string, string>> = {
  zfs: 'swapping to a file is not supported there, and to a zvol it can deadlock',
  overlay: 'it is the layer of a container image or a live system, and the kernel refuses swap files there',
  tmpfs: 'it is memory itself',
  ramfs: 'it is memory itself',
};

/**
 * The method for the filesystem of a path. HOST_REFUSED with the alternative where swap files do not work or nobody knows.
 * `profiles` are how btrfs keeps data (single, DUP, RAID1 …): the kernel takes only `single` (btrfs(5), swapfile).
 */
export function swapMethod(path: string, filesystem: FilesystemFacts, profiles: readonly string[] = []): SwapMethod {
  const method = Object.hasOwn(METHODS, filesystem.type) ? METHODS[filesystem.type] : undefined;
  if (method === undefined) {
    const reason =
      REASONS[filesystem.type] ?? (remote(filesystem.type) ? 'it is not a disk of this machine' : 'it is not known to work there');
    const type = filesystem.type === '' ? 'an unknown filesystem' : filesystem.type;
    throw new NodectlError('HOST_REFUSED', `A swap file cannot lie on ${type} (${path}): ${reason}.`, { hint: INSTEAD });
  }
  const spread = filesystem.type === 'btrfs' ? profiles.filter((profile) => profile !== 'single') : [];
  if (spread.length > 0) {
    throw new NodectlError('HOST_REFUSED', `The btrfs of ${path} keeps data as ${spread.join(', ')}; the kernel swaps only to single.`, {
      hint: INSTEAD,
    });
  }
  if (filesystem.options.includes('ro')) {
    throw new NodectlError('HOST_REFUSED', `${path} lies on a filesystem that is mounted read-only.`, { hint: INSTEAD });
  }
  return method;
}

function remote(type: string): boolean {
  return /^(?:nfs\d?|cifs|smb3?|9p|ceph|fuse.*|virtiofs|glusterfs|afs)$/.test(type);
}
