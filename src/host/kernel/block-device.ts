import type { HostFiles } from '../../ports/host-files.ts';

/** The disk below a filesystem, by the kernel's folders. */
export interface BlockDevice {
  /** vda, sda, nvme0n1, dm-0 … */
  readonly name: string;
  /** What its queue says; virtual disks say it falsely. */
  readonly rotational: boolean | undefined;
  /** Virtual: the kernel does not know what is below. */
  readonly virtual: boolean;
}

const VIRTUAL = /^(vd[a-z]|xvd[a-z]|loop\d|nbd\d|zram\d|ram\d)/;
const DEEPEST = 8;

/** The disks below a filesystem's source (`/dev/vda1`, `/dev/mapper/vg-lv`); none where the source is no block device. */
export function disksBelow(files: HostFiles, source: string): readonly BlockDevice[] {
  const name = /^\/dev\/(?:mapper\/)?([^/\s]{1,128})$/.exec(source)?.[1];
  const all = files.list('/sys/block');
  if (name === undefined || all === undefined) return [];
  const whole = all.includes(name) ? name : (partitionOf(files, all, name) ?? mapped(files, all, name));
  return whole === undefined ? [] : below(files, all, whole, DEEPEST);
}

function below(files: HostFiles, all: readonly string[], name: string, depth: number): readonly BlockDevice[] {
  const parts = (files.list(`/sys/block/${name}/slaves`) ?? []).flatMap((slave) => {
    const whole = all.includes(slave) ? slave : partitionOf(files, all, slave);
    return whole === undefined || depth === 0 ? [] : below(files, all, whole, depth - 1);
  });
  if (parts.length > 0) return parts;
  const queue = files.read(`/sys/block/${name}/queue/rotational`, 16);
  const rotational = 'text' in queue ? { '0': false, '1': true }[queue.text.trim()] : undefined;
  return [{ name, rotational, virtual: VIRTUAL.test(name) }];
}

function partitionOf(files: HostFiles, all: readonly string[], name: string): string | undefined {
  return all.find((disk) => name.startsWith(disk) && files.list(`/sys/block/${disk}`)?.includes(name));
}

function mapped(files: HostFiles, all: readonly string[], name: string): string | undefined {
  return all.find((disk) => {
    const label = disk.startsWith('dm-') ? files.read(`/sys/block/${disk}/dm/name`, 256) : undefined;
    return label !== undefined && 'text' in label && label.text.trim() === name;
  });
}
