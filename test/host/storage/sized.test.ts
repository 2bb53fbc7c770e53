import { describe, expect, test } from 'vitest';
import { unitText } from '../../../src/host/storage/boot-unit.ts';
import { judgeSized } from '../../../src/host/storage/judge-sized.ts';
import { planSized } from '../../../src/host/storage/plan-sized.ts';
import { planSizedRemove } from '../../../src/host/storage/plan-sized-remove.ts';
import { probeSized } from '../../../src/host/storage/probe-sized.ts';
import { probeStorage } from '../../../src/host/storage/probe-storage.ts';
import { layerCap } from '../../../src/host/storage/quota-kind.ts';
import { LABEL_STORAGE } from '../../../src/node/labels.ts';
import { GIB } from '../../../src/node/size.ts';
import { newSizedPlace, sizedLabel, sizedPlaceOf } from '../../../src/node/storage/sized-place.ts';
import { FAKE_INFO } from '../../fakes/fake-facts.ts';
import { FakeLoops } from '../../fakes/fake-loops.ts';
import { FakeMachine } from '../../fakes/fake-machine.ts';

const PLACE = newSizedPlace('nodectl-dev', '/mnt/big disk/docker');

function machine() {
  const machine = new FakeMachine();
  return { machine, loops: new FakeLoops(machine) };
}

describe('the label of a volume', () => {
  test('says where its file is, and nothing else is taken for one', () => {
    expect(sizedPlaceOf({ name: 'nodectl-dev', labels: sizedLabel(PLACE) })).toEqual(PLACE);
    for (const text of ['', '{}', '{"v":2,"mode":"sized","image":"/x.img"}', '{"v":1,"mode":"sized","image":"/etc/passwd"}', 'no json']) {
      expect(sizedPlaceOf({ name: 'nodectl-dev', labels: { [LABEL_STORAGE]: text } })).toBeUndefined();
    }
    expect(sizedPlaceOf({ name: 'nodectl-dev', labels: {} })).toBeUndefined();
  });
});

describe('what this machine can do', () => {
  const obstacle = (change: (on: ReturnType<typeof machine>) => void) => {
    const on = machine();
    change(on);
    return probeStorage(FAKE_INFO, on.machine.hostFiles).sizedObstacle;
  };

  test.each<[string, RegExp | undefined, (on: ReturnType<typeof machine>) => void]>([
    ['everything there', undefined, () => {}],
    ['no loop devices', /loop-control/, ({ machine }) => void machine.files.delete('/dev/loop-control')],
    [
      'a disk that reserves no blocks',
      /zfs reserves no blocks/,
      ({ machine }) => {
        machine.disk = { ...machine.disk, type: 'zfs' };
      },
    ],
    [
      'programs missing',
      /mkfs\.ext4, resize2fs are missing/,
      ({ machine }) => {
        machine.files.delete('/usr/sbin/mkfs.ext4');
        machine.files.delete('/usr/sbin/resize2fs');
      },
    ],
    ['a kernel without ext4', /no ext4/, ({ machine }) => machine.put('/proc/filesystems', '\txfs\n')],
    [
      'a container',
      /may not mount/,
      ({ machine }) => {
        machine.put('/run/systemd/container', 'lxc');
        machine.put('/proc/self/status', 'CapEff:\t0000000000000000\n');
      },
    ],
  ])('%s', (_, wanted, change) => {
    const found = obstacle(change);
    if (wanted === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(wanted);
  });

  test('of an engine without root, or elsewhere, is not taken for what the engine can do', () => {
    const { machine: on } = machine();
    expect(probeStorage({ ...FAKE_INFO, rootless: true }, on.hostFiles).sizedObstacle).toMatch(/without root/);
    expect(probeStorage({ ...FAKE_INFO, local: false }, on.hostFiles)).toMatchObject({ local: false, disk: undefined, quota: undefined });
  });

  test.each([
    ['btrfs', {}, undefined, 'kept'],
    ['zfs', {}, undefined, 'kept'],
    ['overlay2', {}, { type: 'xfs', options: ['pquota'] }, 'kept'],
    ['overlay2', {}, { type: 'xfs', options: ['rw'] }, 'refused'],
    ['overlay2', {}, { type: 'ext4', options: ['prjquota'] }, 'refused'],
    ['overlayfs', { 'driver-type': 'io.containerd.snapshotter.v1' }, undefined, 'ignored'],
  ])('a layer on %s %j %j is %s', (storageDriver, driverStatus, disk, wanted) => {
    const whole = disk && { ...disk, mountPoint: '/', source: '/dev/sda', total: 1, free: 1, inodes: 1, inodesFree: 1 };
    expect(layerCap({ ...FAKE_INFO, storageDriver, driverStatus }, whole)).toBe(wanted);
  });
});

describe('the file of a new filesystem', () => {
  test.each([
    ['btrfs', true],
    ['ext4', false],
    ['xfs', false],
  ])('on %s is exempt from copy-on-write: %s, as a copy would need blocks that a full disk has not', (type, exempt) => {
    const on = new FakeMachine();
    on.disk = { ...on.disk, type };
    const sight = probeSized(PLACE, on.hostFiles);
    const made = planSized({ sight, state: 'absent', bytes: GIB, filesystem: undefined, unit: undefined });
    const step = made.find(({ id }) => id === 'allocate');
    expect(step?.act).toMatchObject({ kind: 'allocate', how: 'reserve', noCopyOnWrite: exempt });
    expect(step?.command.includes('chattr +C')).toBe(exempt);
  });
});

describe('where a filesystem stands', () => {
  const attached = () => {
    const { machine: on } = machine();
    on.files.set(PLACE.image, { text: `ext4 ${GIB}`, mode: 0o600, size: GIB, uid: 0 });
    on.put('/sys/block/loop3/loop/backing_file', `${PLACE.image}\n`, 0o444);
    on.put('/sys/block/loop3/size', `${GIB / 512}\n`, 0o444);
    on.put('/sys/block/loop3/dev', '7:3\n', 0o444);
    on.links.set(PLACE.link, '/dev/loop3');
    return on;
  };
  const stateOf = (on: FakeMachine, least: number | null = GIB) => judgeSized(probeSized(PLACE, on.hostFiles), least).state;

  test.each<[string, string, (on: FakeMachine) => void]>([
    ['ready', 'whole', () => {}],
    ['detached', 'without its link', (on) => on.links.clear()],
    ['detached', 'with a link to another device', (on) => on.links.set(PLACE.link, '/dev/loop9')],
    ['detached', 'whose device shows another file', (on) => on.put('/sys/block/loop3/loop/backing_file', '/other.img\n')],
    ['behind', 'whose file grew', (on) => on.files.set(PLACE.image, { text: '', mode: 0o600, size: 2 * GIB, uid: 0 })],
    [
      'ready',
      'some of whose blocks were given back',
      (on) => on.files.set(PLACE.image, { text: '', mode: 0o600, size: GIB, uid: 0, holes: true }),
    ],
    ['truncated', 'whose file was cut', (on) => on.files.set(PLACE.image, { text: '', mode: 0o600, size: GIB / 2, uid: 0 })],
    [
      'deleted',
      'whose file was deleted',
      (on) => {
        on.files.delete(PLACE.image);
        on.put('/sys/block/loop3/loop/backing_file', `${PLACE.image} (deleted)\n`);
      },
    ],
    ['deleted', 'whose file was deleted and made anew', (on) => on.put('/sys/block/loop3/loop/backing_file', `${PLACE.image} (deleted)\n`)],
    [
      'lost',
      'without file and device',
      (on) => {
        on.files.delete(PLACE.image);
        on.files.delete('/sys/block/loop3/loop/backing_file');
      },
    ],
  ])('is %s: one %s', (state, _, change) => {
    const on = attached();
    change(on);
    expect(stateOf(on)).toBe(state);
  });

  test('is told to others than root by the kernel alone: the file is hidden from them, and not gone', () => {
    const on = attached();
    on.files.delete(PLACE.image);
    on.become(1000);
    expect(stateOf(on)).toBe('ready');
    on.links.clear();
    expect(stateOf(on)).toBe('detached');
    on.put('/sys/block/loop3/loop/backing_file', `${PLACE.image} (deleted)\n`, 0o444);
    expect(stateOf(on)).toBe('deleted');
    on.files.delete('/sys/block/loop3/loop/backing_file');
    expect(stateOf(on)).toBe('detached');
  });

  test('is absent only where nothing was there before', () => {
    expect(stateOf(new FakeMachine(), null)).toBe('absent');
    expect(stateOf(new FakeMachine(), GIB)).toBe('lost');
  });

  test('is not removed while something has it mounted', () => {
    const on = attached();
    on.put('/proc/self/mountinfo', '9 1 7:3 / /elsewhere rw - ext4 /dev/loop3 rw\n');
    expect(() => planSizedRemove(probeSized(PLACE, on.hostFiles), undefined)).toThrow(expect.objectContaining({ code: 'HOST_REFUSED' }));
    on.files.delete('/proc/self/mountinfo');
    expect(planSizedRemove(probeSized(PLACE, on.hostFiles), undefined).map(({ id }) => id)).toEqual(['detach', 'remove-file']);
  });
});

test('the boot unit comes before the engine and takes a path with a space, a dollar and a percent for what it is', () => {
  const text = unitText(newSizedPlace('nodectl-dev', '/mnt/big $disk%'));
  expect(text).toContain('Before=docker.service');
  expect(text).toContain('$$(losetup');
  expect(text).toContain('$$disk%%');
  expect(text).not.toMatch(/[^$]\$[^$]/);
});
