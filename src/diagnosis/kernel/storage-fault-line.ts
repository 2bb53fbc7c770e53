/** How the kernel's lines begin that tell of a disk or a filesystem that fails; sources: block/blk-core.c, fs/{ext4,xfs,btrfs}, drivers/{nvme,md}. */
const FAULTS: readonly RegExp[] = [
  /^(?:blk_update_request: |print_req_error: |end_request: )?(?:critical (?:target|medium|nexus|space allocation) |I\/O |recoverable transport |protection )error, dev \S+/,
  /^Buffer I\/O error on dev(?:ice)? \S+/,
  /^EXT[234]-fs (?:error|panic) \(device /,
  /^EXT[234]-fs \([^)]{1,64}\): (?:Remounting filesystem read-only|Delayed block allocation failed|failed to convert unwritten extents|I\/O error)/,
  /^(?:JBD2: |Aborting journal on device )/,
  /^XFS \([^)]{1,64}\): (?:[Cc]orruption|Metadata corruption|[Mm]etadata I\/O error|log I\/O error|Filesystem has been shut down|[Ii]nternal error|writeback error)/,
  /^BTRFS(?:: | )(?:error|critical)\b/,
  /^nvme nvme\d+: (?:I\/O (?:tag )?\d+ .*timeout|[Cc]ontroller is down|Removing after probe failure|Disabling device)/,
  /^ata\d+(?:\.\d+)?: (?:failed command|exception Emask|disabled)/,
  /^device-mapper: (?:thin: .*(?:out of data space|no free space|out-of-data-space)|.*: (?:reached low water mark|switching pool to (?:out-of-data-space|read-only)))/,
];

/** One pattern, since most lines of a log are about nothing of it. */
const FAULT = new RegExp(FAULTS.map(({ source }) => source).join('|'));

/** Whether a line of the kernel tells of a disk or a filesystem that fails. */
export function isStorageFault(text: string): boolean {
  return FAULT.test(text);
}
