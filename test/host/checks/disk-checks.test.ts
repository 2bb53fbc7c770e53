import { describe, expect, test } from 'vitest';
import { diskFree } from '../../../src/host/checks/disk-free.ts';
import { diskInodes } from '../../../src/host/checks/disk-inodes.ts';
import { diskLatency } from '../../../src/host/checks/disk-latency.ts';
import { diskQuota } from '../../../src/host/checks/disk-quota.ts';
import { diskType } from '../../../src/host/checks/disk-type.ts';
import { growthPerDay } from '../../../src/host/disk/growth.ts';
import { disksBelow } from '../../../src/host/kernel/block-device.ts';
import { GIB } from '../../../src/node/size.ts';
import type { FilesystemFacts } from '../../../src/ports/host-files.ts';
import { FAKE_INFO } from '../../fakes/fake-facts.ts';
import { FakeMachine } from '../../fakes/fake-machine.ts';
import { MAINNET, NOW } from '../../node/make-node.ts';
import { eyesOn, NOBODY, tenant } from '../machine-eyes.ts';

const DAY = 86_400_000;
const MAIN = { ...NOBODY, network: MAINNET };

const disk = (over: Partial<FilesystemFacts> = {}): FilesystemFacts => ({
  ...{
    type: 'ext4',
    mountPoint: '/',
    source: '/dev/sda1',
    options: ['rw'],
    total: 4000 * GIB,
    free: 3000 * GIB,
    inodes: 1000,
    inodesFree: 900,
  },
  ...over,
});

describe('disk.free', () => {
  const judged = (free: number, growth?: number, subject = NOBODY) =>
    diskFree.judge({ path: '/x', disk: disk({ free }), growth }, subject).severity;
  test.each([
    ['hardly any', GIB, undefined, NOBODY, 'fail'],
    ['little', 5 * GIB, undefined, NOBODY, 'warn'],
    ['much', 100 * GIB, undefined, NOBODY, 'ok'],
    ['full in two days', 100 * GIB, 40 * GIB, NOBODY, 'fail'],
    ['full in ten days', 100 * GIB, 10 * GIB, NOBODY, 'warn'],
    ['shrinking use', 100 * GIB, -10 * GIB, NOBODY, 'ok'],
    ['less than mainnet needs', 1000 * GIB, undefined, MAIN, 'fail'],
    ['little more than mainnet needs', 1350 * GIB, undefined, MAIN, 'warn'],
    ['enough for mainnet', 3000 * GIB, undefined, MAIN, 'ok'],
    ['less than what was asked', 100 * GIB, undefined, { ...NOBODY, storage: 200 * GIB }, 'fail'],
  ])('%s', (_what, free, growth, subject, severity) => expect(judged(free, growth, subject)).toBe(severity));
  test('a disk that cannot be looked at is unknown', () => {
    expect(diskFree.judge({ path: '/x', disk: undefined, growth: undefined }, NOBODY).severity).toBe('unknown');
  });
  test('earlier looks make the growth', async () => {
    const machine = new FakeMachine();
    const finding = await diskFree.look(
      eyesOn(machine, { freeHistory: [{ time: NOW - 2 * DAY, free: machine.disk.free + 30 * GIB }] }),
      NOBODY,
    );
    expect(finding).toMatchObject({ severity: 'warn', read: [{}, { value: '15 GiB a day' }] });
  });
});

describe('growth', () => {
  test.each([
    ['none is known', [], undefined],
    ['one an hour ago is too near', [{ time: NOW - DAY / 24, free: 100 }], undefined],
    ['one a month ago is too old', [{ time: NOW - 30 * DAY, free: 100 }], undefined],
    [
      'the oldest that counts',
      [
        { time: NOW - 30 * DAY, free: 999 },
        { time: NOW - 10 * DAY, free: 150 },
        { time: NOW - DAY, free: 90 },
      ],
      10,
    ],
  ])('%s', (_what, history, wanted) => expect(growthPerDay(history, NOW, 50)).toBe(wanted));
});

test.each([
  [900, 1000, 'ok'],
  [40, 1000, 'warn'],
  [5, 1000, 'fail'],
  [0, 0, 'ok'],
])('disk.inodes: %s of %s is %s', (inodesFree, inodes, severity) => {
  expect(diskInodes.judge({ path: '/x', disk: disk({ inodesFree, inodes }) }, NOBODY).severity).toBe(severity);
});

describe('disk.latency', () => {
  const many = (ms: number, slow = ms) => [...Array.from({ length: 18 }, () => ms), slow, slow];
  test.each([
    ['fast', many(1), MAIN, 'ok'],
    ['bearable', many(10), MAIN, 'warn'],
    ['slow, for a public chain', many(40), MAIN, 'fail'],
    ['slow, for nobody who follows one', many(40), NOBODY, 'warn'],
    ['slow at times', many(1, 90), MAIN, 'warn'],
    ['too few', [900], MAIN, 'unknown'],
    ['not permitted', undefined, MAIN, 'unknown'],
  ])('%s', (_what, times, subject, severity) => expect(diskLatency.judge({ path: '/x', times }, subject).severity).toBe(severity));
});

describe('disk.type', () => {
  const below = (rotational: boolean | undefined, name = 'sda') => [{ name, rotational, virtual: name !== 'sda' }];
  test.each([
    ['an SSD', disk(), below(false), 'ok'],
    ['a turning disk', disk(), below(true), 'fail'],
    ['a virtual disk that claims to turn', disk(), below(true, 'vda'), 'info'],
    ['one that does not tell', disk(), below(undefined), 'unknown'],
    ['nothing known', disk(), [], 'unknown'],
    ['NFS', disk({ type: 'nfs4' }), [], 'fail'],
    ['memory', disk({ type: 'tmpfs' }), [], 'fail'],
    ['unreadable', undefined, [], 'unknown'],
  ])('%s', (_what, place, disks, severity) => expect(diskType.judge({ path: '/x', place, disks }, NOBODY).severity).toBe(severity));
});

describe('the disk below', () => {
  const machine = new FakeMachine();
  machine.put('/sys/block/sda/queue/rotational', '1\n');
  machine.put('/sys/block/sda/sda2/size', '1\n');
  machine.put('/sys/block/nvme0n1/queue/rotational', '0\n');
  machine.put('/sys/block/nvme0n1/nvme0n1p1/size', '1\n');
  machine.put('/sys/block/dm-0/dm/name', 'vg-chain\n');
  machine.put('/sys/block/dm-0/slaves/nvme0n1p1/x', '');
  machine.put('/sys/block/dm-0/queue/rotational', '1\n');
  machine.put('/sys/block/vda/queue/rotational', '1\n');
  test.each([
    ['/dev/sda2', [{ name: 'sda', rotational: true, virtual: false }]],
    ['/dev/nvme0n1', [{ name: 'nvme0n1', rotational: false, virtual: false }]],
    ['/dev/mapper/vg-chain', [{ name: 'nvme0n1', rotational: false, virtual: false }]],
    ['/dev/vda', [{ name: 'vda', rotational: true, virtual: true }]],
    ['tank/data', []],
    ['/dev/sdz', []],
  ])('%s', (source, wanted) => expect(disksBelow(machine.hostFiles, source)).toEqual(wanted));
});

describe('disk.quota', () => {
  const plain = { info: FAKE_INFO, disk: disk(), obstacle: 'no loop devices' };
  const able = { ...plain, obstacle: undefined };
  const sized = tenant('dev', { spec: { storage: GIB, storageMode: 'sized' } });
  const asked = { ...NOBODY, storage: GIB };
  const snapshotter = { ...FAKE_INFO, storageDriver: 'overlayfs', driverStatus: { 'driver-type': 'io.containerd.snapshotter.v1' } };
  test.each([
    ['xfs with pquota', { info: FAKE_INFO, disk: disk({ type: 'xfs', options: ['rw', 'prjquota'] }), obstacle: undefined }, asked, 'ok'],
    ['ext4 with prjquota', { info: FAKE_INFO, disk: disk({ options: ['prjquota'] }), obstacle: undefined }, asked, 'ok'],
    ['plain ext4, a size asked', plain, asked, 'warn'],
    ['plain ext4, a node with a size', plain, { ...NOBODY, tenants: [tenant('dev', { spec: { storage: GIB } })] }, 'warn'],
    ['plain ext4, a size asked, where a filesystem of its own can be made', able, asked, 'ok'],
    ['the same beside a node that nothing keeps', able, { ...asked, tenants: [tenant('dev', { spec: { storage: GIB } })] }, 'warn'],
    ['plain ext4, a node that has its own', plain, { ...NOBODY, tenants: [sized] }, 'info'],
    ['plain ext4, none asked', plain, NOBODY, 'info'],
    ['xfs without quotas', { ...plain, disk: disk({ type: 'xfs' }) }, asked, 'warn'],
    ["containerd's store", { ...plain, info: snapshotter }, asked, 'warn'],
    ['no engine', { info: undefined, disk: undefined, obstacle: undefined }, asked, 'unknown'],
  ])('%s', (_what, evidence, subject, severity) => expect(diskQuota.judge(evidence, subject).severity).toBe(severity));
});
