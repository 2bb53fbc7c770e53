import type { Signature } from './signature.ts';

/** geth's own words before an error; what answers a caller (`Served eth_call err=…`) holds words that strangers choose. */
const FAILED = /^(?:Failed|Unable|Could not|Error|Cannot|Couldn't)\b/;

const SPACE = '(?:no space left on device|disk quota exceeded)';
const BROKEN = '(?:input/output error|read-only file system|structure needs cleaning)';

/** What geth says when its disk is nearly full, full, or fails. */
export const DISKS: readonly Signature[] = [
  {
    id: 'disk.low-shutdown',
    kind: 'disk-low',
    pattern: /^Low disk space\. Gracefully shutting down Geth to prevent database corruption/,
    meaning: 'It ended itself because free space fell below --datadir.minfreedisk; it ends with exit code 0.',
    versions: '1.10.0 to 1.17.8',
    example:
      'ERROR[11-21|20:12:49.268] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=69.03GiB path=/tmp/tB/d/geth',
  },
  {
    id: 'disk.low-warning',
    kind: 'disk-running-low',
    pattern: /^Disk space is running low\. Geth will shutdown if disk space runs below critical level/,
    meaning: 'Free space is less than twice what it needs to go on.',
    versions: '1.10.0 to 1.17.8',
    example:
      'WARN [11-21|20:14:30.799] Disk space is running low. Geth will shutdown if disk space runs below critical level. available=68.41GiB critical_level=48.83GiB path=/tmp/tB/w1.17.8/geth',
  },
  {
    id: 'disk.full-panic',
    kind: 'disk-full',
    pattern: new RegExp(`^panic: .*: ${SPACE}$`),
    meaning: 'Its database could not write for want of space, and gave up at once.',
    versions: '1.11.0 to 1.17.8',
    example: 'panic: write /tmp/tB/mnt/d/geth/chaindata/000009.log: no space left on device',
  },
  {
    id: 'disk.full-at-start',
    kind: 'disk-full',
    pattern: new RegExp(`^Fatal: .*: ${SPACE}$`),
    meaning: 'It could not start: no space is left on its disk.',
    versions: 'all',
    example: 'Fatal: Failed to create the protocol stack: mkdir /tmp/tB/mnt/d: no space left on device',
  },
  {
    id: 'disk.full-write',
    kind: 'disk-full',
    pattern: FAILED,
    because: new RegExp(`: ${SPACE}$`),
    meaning: 'It could not write: no space is left on its disk.',
    versions: 'all',
    example:
      'INFO [11-21|20:18:19.873] Failed to journal in-memory trie nodes   err="write /tmp/tB/mnt/d/geth/triedb/merkle.journal.tmp: no space left on device"',
  },
  {
    id: 'disk.broken-at-start',
    kind: 'disk-error',
    pattern: new RegExp(`^(?:Fatal|panic): .*: ${BROKEN}$`),
    meaning: 'Its disk fails, or the filesystem became read-only.',
    versions: 'all',
    example: 'Fatal: Could not open database: open /tmp/tB/mnt/d/geth/chaindata/LOCK: read-only file system',
  },
  {
    id: 'disk.broken-write',
    kind: 'disk-error',
    pattern: FAILED,
    because: new RegExp(`: ${BROKEN}$`),
    meaning: 'It could not read or write: its disk fails, or the filesystem became read-only.',
    versions: 'all',
    example:
      'CRIT [05-02|08:11:40.201] Failed to store block body               err="write /data/geth/chaindata/000412.log: input/output error"',
  },
  {
    id: 'disk.file-too-large',
    kind: 'disk-error',
    pattern: FAILED,
    because: /: file too large$/,
    meaning: 'A file grew larger than its filesystem, or a limit of the container, allows.',
    versions: 'all',
    example:
      'CRIT [10-18|02:51:04.158] Failed to persist storage slots          err="write /root/.ethereum/geth/chaindata/000003.log: file too large"',
  },
];
