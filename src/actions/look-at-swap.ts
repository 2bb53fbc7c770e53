import { NodectlError } from '../errors.ts';
import { CAPABILITY, hasCapability } from '../host/kernel/capabilities.ts';
import { type Meminfo, parseMeminfo } from '../host/kernel/meminfo.ts';
import { parseSwaps, type SwapArea } from '../host/kernel/swaps.ts';
import { fstabLine } from '../host/swap/fstab-line.ts';
import { FSTAB } from '../host/swap/plan-swap-add.ts';
import { HEADER_BYTES, isOwnSwapHeader } from '../host/swap/swap-header.ts';
import { readSpec } from '../node/spec.ts';
import type { FileStatus, HostFiles } from '../ports/host-files.ts';
import type { World } from '../ports.ts';

/** What lies at a path, as far as it matters for swap. */
export interface SeenFile {
  readonly status: FileStatus | undefined;
  readonly beginning: string | undefined;
  readonly active: SwapArea | undefined;
}

/** The machine's swap, as its kernel and its fstab tell it. */
export interface SeenSwap {
  readonly areas: readonly SwapArea[];
  readonly memory: Meminfo;
  /** Undefined where there is no fstab. */
  readonly fstab: string | undefined;
}

/** HOST_REFUSED where the kernel has no swap at all or fstab cannot be read. */
export function lookAtSwap(files: HostFiles): SeenSwap {
  const swaps = files.read('/proc/swaps');
  const memory = textOf(files, '/proc/meminfo');
  const meminfo = memory === undefined ? undefined : parseMeminfo(memory);
  if ('failure' in swaps || meminfo === undefined) {
    throw new NodectlError('HOST_REFUSED', 'This kernel shows no swap (/proc/swaps): it was built without, or /proc is not mounted.', {
      hint: '',
    });
  }
  const fstab = files.read(FSTAB);
  if ('failure' in fstab && fstab.failure !== 'missing') {
    throw new NodectlError('HOST_REFUSED', `${FSTAB} cannot be read (${fstab.failure}).`, { hint: 'Run as root.' });
  }
  return { areas: parseSwaps(swaps.text), memory: meminfo, fstab: 'text' in fstab ? fstab.text : undefined };
}

export function lookAtSwapFile(path: string, { areas }: SeenSwap, files: HostFiles): SeenFile {
  const status = files.status(path);
  const read = status?.kind === 'file' ? files.read(path, HEADER_BYTES) : undefined;
  const active = areas.find((area) => area.path === path && area.kind !== 'deleted');
  return { status, beginning: read !== undefined && 'text' in read ? read.text : undefined, active };
}

export function isOwnSwapFile({ beginning }: SeenFile): boolean {
  return beginning !== undefined && isOwnSwapHeader(beginning);
}

/** HOST_REFUSED for a fstab that could not be written back byte for byte. */
export function refuseUnwritableFstab(fstab: string | undefined, path: string): void {
  if (fstab === undefined || !(fstab.includes('\uFFFD') || fstab.includes('\0') || fstab.length >= 128 * 1024)) return;
  throw new NodectlError('HOST_REFUSED', `${FSTAB} holds bytes that are no text, so nodectl does not touch it.`, {
    hint: `Correct it first, or make the swap by hand and add this line: ${fstabLine(path)}`,
  });
}

/** HOST_REFUSED where root has not the right to swap (a container), before anything is written. */
export function refuseWithoutRightToSwap(files: HostFiles): void {
  if (hasCapability(textOf(files, '/proc/self/status') ?? '', CAPABILITY.sysAdmin) !== false) return;
  throw new NodectlError('HOST_REFUSED', 'Root may not change the swap of this system: it is a container without CAP_SYS_ADMIN.', {
    hint: 'Add the swap on the host itself, or ask whoever runs it; a container or a container-like VPS gets its swap from there.',
  });
}

/** Bytes of swap that the limits of all nodes promise together, or why the engine of this machine could not be asked. */
export async function promisedSwap(world: World): Promise<{ readonly bytes: number } | { readonly problem: string }> {
  try {
    const engine = await world.engine();
    if (!(await engine.info()).local) return { problem: 'the engine is on another machine' };
    const containers = await engine.list();
    return { bytes: containers.reduce((sum, { labels }) => sum + (readSpec(labels)?.swap ?? 0), 0) };
  } catch (thrown) {
    if (!(thrown instanceof NodectlError)) throw thrown;
    return { problem: thrown.message };
  }
}

/** How btrfs keeps data on the filesystem of a device, by the names of the kernel's folders; empty where that cannot be told. */
export function btrfsDataProfiles(source: string, files: HostFiles): readonly string[] {
  const device = source.split('/').at(-1) ?? '';
  const home = (files.list('/sys/fs/btrfs') ?? []).find((id) => files.list(`/sys/fs/btrfs/${id}/devices`)?.includes(device));
  if (home === undefined) return [];
  return (files.list(`/sys/fs/btrfs/${home}/allocation/data`) ?? []).filter((name) => /^(?:single|dup|raid\w+)$/i.test(name));
}

function textOf(files: HostFiles, path: string): string | undefined {
  const read = files.read(path);
  return 'text' in read ? read.text : undefined;
}
