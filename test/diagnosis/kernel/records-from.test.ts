import { describe, expect, test } from 'vitest';
import { killedInside } from '../../../src/diagnosis/kernel/container-cgroup.ts';
import { isTelling } from '../../../src/diagnosis/kernel/is-telling.ts';
import type { OomKill } from '../../../src/diagnosis/kernel/kernel-record.ts';
import { recordsFrom } from '../../../src/diagnosis/kernel/records-from.ts';
import type { KernelEntry } from '../../../src/ports/kernel-log.ts';
import {
  GROUP,
  GROUP_ID,
  HOST_VICTIM_ID,
  HOST_WIDE,
  HOST_WIDE_4_15,
  ID,
  kernelEntries,
  OTHER_ID,
  OWN_LIMIT_4_15,
  OWN_LIMIT_V1,
  PARENT_LIMIT_V2,
} from './kernel-lines.ts';

const MIB = 1024 ** 2;
const records = (lines: readonly string[]) => recordsFrom(kernelEntries(lines));
const only = (lines: readonly string[]) => {
  const found = records(lines);
  expect(found).toHaveLength(1);
  return found[0] as OomKill;
};

describe('a kill for want of memory', () => {
  test('at the own limit names the limit, the process and its memory', () => {
    expect(only(OWN_LIMIT_V1)).toMatchObject({
      ...{ kind: 'oom-kill', scope: 'limit', process: 'hog', pid: 10_843 },
      ...{ limitCgroup: `/docker/${ID}`, victimCgroup: `/docker/${ID}` },
      ...{ limitBytes: 16 * MIB, swapLimitBytes: 0, anonBytes: 16_000 * 1024 },
    });
  });

  test('keeps the lines that tell it, and its time is that of the kill itself', () => {
    const kill = only(OWN_LIMIT_V1);
    expect(kill.at).toBe(1_000_000 + OWN_LIMIT_V1.length - 1);
    expect(kill.lines).toContain(OWN_LIMIT_V1.at(-1));
    expect(kill.lines).toContain(OWN_LIMIT_V1.at(-2));
    expect(kill.lines.length).toBeLessThan(7);
  });

  test('at a limit above names that one', () => {
    const kill = only(PARENT_LIMIT_V2);
    expect(kill).toMatchObject({ scope: 'limit', limitCgroup: '/h3.slice', pid: 1863, limitBytes: 64 * MIB, swapLimitBytes: 0 });
    expect(killedInside(kill, OTHER_ID, null)).toBe(true);
    // The container that asked for memory lives on.
    expect(killedInside(kill, '1d4cf2e07819c0a65baa527caaced611db1e502552b1481ed2030f18518ebc5d', null)).toBe(false);
  });

  test('of a host without memory is of the host, whoever asked', () => {
    const kill = only(HOST_WIDE);
    expect(kill).toMatchObject({ scope: 'host', limitCgroup: null, pid: 2032, limitBytes: null, swapLimitBytes: null });
    expect(killedInside(kill, HOST_VICTIM_ID, null)).toBe(true);
  });

  test('of a whole group tells each process once', () => {
    const killed = records(GROUP) as OomKill[];
    expect(killed.map(({ pid }) => pid)).toEqual([2336, 2306]);
    expect(killed.every((kill) => killedInside(kill, GROUP_ID, null))).toBe(true);
  });

  test('by a kernel before 5.0 is told by other lines', () => {
    expect(only(OWN_LIMIT_4_15)).toMatchObject({
      ...{ scope: 'limit', process: 'geth', pid: 1234, limitCgroup: `/docker/${ID}`, victimCgroup: `/docker/${ID}` },
      ...{ limitBytes: 2048 * MIB, swapLimitBytes: 2048 * MIB, anonBytes: 2_086_400 * 1024 },
    });
  });

  test('of a host without memory before 5.0 is known by the process alone', () => {
    const kill = only(HOST_WIDE_4_15);
    expect(kill).toMatchObject({ scope: 'host', limitCgroup: null, victimCgroup: '', pid: 1240 });
    expect(killedInside(kill, ID, 1240)).toBe(true);
    expect(killedInside(kill, ID, 1234)).toBe(false);
    expect(killedInside(kill, ID, null)).toBe(false);
  });

  test('without any line but the last, as the kernel writes when there are many, is one nevertheless', () => {
    expect(only(OWN_LIMIT_V1.slice(-1))).toMatchObject({
      scope: 'limit',
      victimCgroup: '',
      limitCgroup: null,
      pid: 10_843,
      limitBytes: null,
    });
  });

  test('whose last line is missing, at the end or before the next one, is one nevertheless', () => {
    expect(only(OWN_LIMIT_V1.slice(0, -1))).toMatchObject({ pid: 10_843, anonBytes: null, process: 'hog' });
    const two = records([...OWN_LIMIT_V1.slice(0, -1), ...PARENT_LIMIT_V2]) as OomKill[];
    expect(two.map(({ pid }) => pid)).toEqual([10_843, 1863]);
  });

  test('whose beginning was overwritten is told by what is left', () => {
    for (let from = 1; from < OWN_LIMIT_V1.length; from++) expect(only(OWN_LIMIT_V1.slice(from)).pid).toBe(10_843);
  });

  test('has lines of others in between', () => {
    const noise = ['docker0: port 1(veth4ef095e) entered blocking state', 'eth0: renamed from vethc847918', 'oom_reaper: reaped process 1'];
    expect(only(OWN_LIMIT_V1.flatMap((line) => [...noise, line]))).toMatchObject({ pid: 10_843, limitBytes: 16 * MIB });
  });

  test('whose line is cut into pieces by another processor is put together', () => {
    const [cutAt, whole] = [OWN_LIMIT_V1.length - 2, OWN_LIMIT_V1.at(-2) ?? ''];
    const pieces = [
      'oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null)',
      ',cpuset=',
      ID,
      ',mems_allowed=0',
      ',oom_memcg=',
      `/docker/${ID}`,
    ];
    const rest = whole.slice(pieces.join('').length);
    const cut = [...OWN_LIMIT_V1.slice(0, cutAt), ...pieces.flatMap((piece) => [piece, 'eth0: renamed from veth1']), rest];
    expect(only([...cut, OWN_LIMIT_V1.at(-1) ?? ''])).toMatchObject({
      limitCgroup: `/docker/${ID}`,
      victimCgroup: `/docker/${ID}`,
      pid: 10_843,
    });
    const old = ['Task in ', `/docker/${ID}`, ' killed as a result of limit of ', `/docker/${ID}`];
    expect(only([...OWN_LIMIT_4_15.slice(0, 2), ...old, ...OWN_LIMIT_4_15.slice(3)])).toMatchObject({ limitCgroup: `/docker/${ID}` });
  });

  test('of a process with an unkind name is read from the kernel’s words around it', () => {
    const names = ['a,pid=1,uid=0', ') total-vm:1kB', 'x\ny', '\u001b[2J', 'task=,pid=7'];
    for (const name of names) {
      const lines = OWN_LIMIT_V1.map((line) => line.replace('task=hog', `task=${name}`).replace('(hog)', `(${name})`));
      const kill = only(lines);
      expect(kill).toMatchObject({ pid: 10_843, victimCgroup: `/docker/${ID}` });
      expect([...kill.lines, kill.process].join('')).not.toMatch(/\p{C}/u);
    }
  });

  test('is the same with no limit of swap, which is told as such', () => {
    const lines = PARENT_LIMIT_V2.map((line) => line.replace('swap: usage 0kB, limit 0kB', 'swap: usage 5kB, limit 9007199254740988kB'));
    expect(only(lines).swapLimitBytes).toBe(Number.POSITIVE_INFINITY);
  });

  test('on a machine with several memory nodes has lists with commas', () => {
    const lines = OWN_LIMIT_V1.map((line) =>
      line.replace('nodemask=(null)', 'nodemask=0,2-3').replace('mems_allowed=0', 'mems_allowed=0,2-3'),
    );
    expect(only(lines)).toMatchObject({ victimCgroup: `/docker/${ID}`, pid: 10_843 });
  });
});

describe('what others write', () => {
  test('is no word of the kernel, whatever it says', () => {
    const entries = kernelEntries(OWN_LIMIT_V1).map((entry): KernelEntry => ({ ...entry, writer: 'earlyoom' }));
    expect(recordsFrom(entries)).toEqual([]);
    const [first] = kernelEntries(['sending SIGKILL to process 1 uid 0 "geth": badness 600, VmRSS 1 MiB']);
    expect(recordsFrom([first as KernelEntry])).toEqual([]);
  });

  test('is a kill of systemd-oomd, with the group it chose', () => {
    const cgroup = `/system.slice/docker-${ID}.scope`;
    const texts = [
      `Killed ${cgroup} due to memory pressure for /system.slice being 70.24% > 60.00% for > 20s with reclaim activity`,
      `Killed ${cgroup} due to memory used (3900000000) / total (4000000000) and swap used (1900000000) / total (2000000000) being more than 90.00%`,
    ];
    for (const text of texts)
      expect(recordsFrom([{ at: 5, writer: 'systemd-oomd', text }])).toEqual([
        { kind: 'userspace-kill', at: 5, by: 'systemd-oomd', victimCgroup: cgroup, process: null, pid: null, signal: 9, lines: [text] },
      ]);
  });

  test.each([
    ['sending SIGTERM to process 2934 uid 1000 "geth": oom_score 803, VmRSS 3019 MiB, cmdline "geth --dev"', 15],
    ['sending SIGKILL to process 2934 uid 0 "geth": badness 978, VmRSS 177 MiB', 9],
    [
      'sending SIGTERM to process 2934 uid 0 "geth": oom_score 803, oom_score_adj 0, badness 5 KiB, VmRSS 1 MiB, ordering x, cmdline "g"',
      15,
    ],
  ])('is a kill of earlyoom: %s', (text, signal) => {
    const [kill] = recordsFrom([{ at: 5, writer: 'earlyoom', text }]);
    expect(kill).toMatchObject({ kind: 'userspace-kill', by: 'earlyoom', victimCgroup: null, process: 'geth', pid: 2934, signal });
  });

  test('is no kill where earlyoom only tests itself or tells of its work', () => {
    const texts = ['sending SIG0 (no-op signal) to process 1 uid 0 "systemd": badness 0', 'mem avail: 2170 of 7842 MiB (27.68%)'];
    expect(recordsFrom(texts.map((text) => ({ at: 1, writer: 'earlyoom', text })))).toEqual([]);
  });
});

test.each([
  ['hog[11143]: segfault at 8 ip 00000000004016a4 sp 00007fff245117f0 error 6 in hog[16a4,401000+79000] likely on CPU 1', 'hog', 11_143],
  ['traps: hog[11459] trap invalid opcode ip:401769 sp:7ffe4d033240 error:0 in hog[1769,401000+79000]', 'hog', 11_459],
  ['traps: geth[7] general protection ip:4a5f30 sp:7ffc0 error:0 in geth[400000+1a000]', 'geth', 7],
  ['traps: geth[7] general protection fault ip:4a5f30 sp:7ffc0 error:0 in geth[400000+1a000]', 'geth', 7],
  ['traps: a[1] trap b[9] trap divide error ip:401769 sp:7ffe4d033240 error:0', 'a[1] trap b', 9],
])('a fault is told with its process: %s', (line, process, pid) => {
  expect(records([line])).toEqual([{ kind: 'fault', at: 1_000_000, process, pid, lines: [line] }]);
});

const STORAGE = [
  'I/O error, dev sda, sector 123456 op 0x0:(READ) flags 0x80700 phys_seg 1 prio class 2',
  'blk_update_request: I/O error, dev nvme0n1, sector 5 op 0x1:(WRITE) flags 0x0 phys_seg 1 prio class 0',
  'print_req_error: critical medium error, dev sdb, sector 8',
  'end_request: I/O error, dev vda, sector 2048',
  'Buffer I/O error on dev sda1, logical block 3, lost async page write',
  'EXT4-fs error (device sda1): ext4_find_entry:1455: inode #2: comm geth: reading directory lblock 0',
  'EXT4-fs (sda1): Remounting filesystem read-only',
  'EXT4-fs (loop0): Delayed block allocation failed for inode 12 at logical offset 0 with max blocks 5 with error 28',
  'XFS (vda1): Corruption detected. Unmount and run xfs_repair',
  'XFS (dm-0): Filesystem has been shut down due to log error (0x2).',
  'BTRFS error (device sda1): bdev /dev/sda1 errs: wr 1, rd 0, flush 0, corrupt 0, gen 0',
  'nvme nvme0: I/O 12 QID 3 timeout, aborting',
];
test.each(STORAGE)('a fault of a disk is told: %s', (line) => {
  expect(records([line])).toEqual([{ kind: 'storage-fault', at: 1_000_000, lines: [line] }]);
});

test('of a disk that fails without end the last faults are kept, and every kill', () => {
  const many = Array.from({ length: 5_000 }, (_, n) => `I/O error, dev sda, sector ${n} op 0x0:(READ)`);
  const found = records([...OWN_LIMIT_V1, ...many]);
  expect(found.length).toBeLessThanOrEqual(101);
  expect(found[0]?.kind).toBe('oom-kill');
  expect(found.at(-1)?.lines[0]).toContain('4999');
});

test.each([
  'EXT4-fs (sda1): mounted filesystem 1f-2b with ordered data mode. Quota mode: none.',
  'audit: type=1326 exe="/x Killed process 1 (geth) total-vm:1kB, anon-rss:1kB" sig=31',
  'usb 1-1: Product: Out of memory: Killed process 1 (geth) total-vm:1kB, anon-rss:1kB',
  'docker0: port 1(veth4ef095e) entered disabled state',
  'oom_reaper: reaped process 23663 (hog), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB',
  'Memory cgroup out of memory and no killable processes...',
])('an ordinary line, or one that quotes, tells nothing: %s', (line) => expect(records([line])).toEqual([]));

test('the lines that are kept of a log tell as much as all of it', () => {
  const lines = [OWN_LIMIT_V1, PARENT_LIMIT_V2, HOST_WIDE, GROUP, OWN_LIMIT_4_15, HOST_WIDE_4_15, STORAGE].flat();
  const entries = kernelEntries(lines);
  const kept = entries.filter(isTelling);
  expect(kept.length).toBeLessThan(entries.length);
  expect(recordsFrom(kept)).toEqual(recordsFrom(entries));
  expect(recordsFrom(kept).length).toBe(5 + 2 + STORAGE.length);
});
