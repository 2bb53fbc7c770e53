import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CAPABILITY, hasCapability } from '../../../src/host/kernel/capabilities.ts';
import { cgroupLayout } from '../../../src/host/kernel/cgroup-layout.ts';
import { chosenWord } from '../../../src/host/kernel/chosen-word.ts';
import { kernelParameter, kernelParameterHas } from '../../../src/host/kernel/command-line.ts';
import { fstabSwaps } from '../../../src/host/kernel/fstab-swaps.ts';
import { isBefore, parseKernelVersion } from '../../../src/host/kernel/kernel-version.ts';
import { keyedNumber } from '../../../src/host/kernel/keyed-number.ts';
import { parseMeminfo } from '../../../src/host/kernel/meminfo.ts';
import { withoutOctalEscapes } from '../../../src/host/kernel/octal-escapes.ts';
import { parsePressure } from '../../../src/host/kernel/pressure.ts';
import { openFileLimit } from '../../../src/host/kernel/process-limits.ts';
import { processorCount } from '../../../src/host/kernel/processor-count.ts';
import { parseSwaps } from '../../../src/host/kernel/swaps.ts';
import { isWholeUidMap } from '../../../src/host/kernel/uid-map.ts';
import { virtualisation } from '../../../src/host/kernel/virtualisation.ts';
import { wholeNumber } from '../../../src/host/kernel/whole-number.ts';
import { meminfo, UNIFIED_MOUNT, v1Mounts } from '../../fixtures/host-trees/host-tree.ts';

const MIB = 2 ** 20;

/** Numbers of whatever a parser gave, at any depth. */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

/** Text of the kind these files hold, so that parsers get further than their first line. */
const kernelish = fc
  .array(
    fc.oneof(
      fc.constantFrom('MemTotal:', 'kB', 'file', 'partition', '/swap\\040file', 'some', 'full', 'avg60=1.50', ' - ', 'cgroup', 'cgroup2'),
      fc.constantFrom('[always]', 'CapEff:', 'Max open files', 'processor', ':', '0', '4294967295', 'swap', 'none', '#', '\n', '\t', ' '),
      fc.nat().map(String),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

const anyText = fc.oneof(kernelish, fc.string({ unit: 'binary', maxLength: 400 }));

const PARSERS: Readonly<Record<string, (text: string) => unknown>> = {
  capabilities: (text) => hasCapability(text, CAPABILITY.sysAdmin),
  cgroupLayout,
  chosenWord,
  kernelParameter: (text) => kernelParameter(text, 'swapaccount'),
  kernelParameterHas: (text) => kernelParameterHas(text, 'cgroup_disable', 'memory'),
  fstabSwaps,
  parseKernelVersion,
  keyedNumber: (text) => keyedNumber(text, 'oom_kill'),
  parseMeminfo,
  withoutOctalEscapes,
  parsePressure,
  openFileLimit: (text) => Object.values(openFileLimit(text) ?? {}).map((value) => (value === Number.POSITIVE_INFINITY ? 0 : value)),
  processorCount,
  parseSwaps,
  isWholeUidMap,
  wholeNumber,
  virtualisation: (text) =>
    virtualisation({
      release: text,
      vz: false,
      bc: false,
      container: text,
      dockerenv: false,
      containerenv: false,
      mounts: text,
      cpuinfo: text,
    }),
};

test.each(Object.entries(PARSERS))('%s takes any text and gives whole, finite facts', (_name, parse) => {
  void fc.assert(
    fc.property(anyText, (text) => {
      for (const number of numbersIn(parse(text))) expect(Number.isFinite(number)).toBe(true);
    }),
    { numRuns: 300 },
  );
});

describe('/proc/meminfo', () => {
  it('is read back as it was written', () => {
    void fc.assert(
      fc.property(fc.nat(2 ** 24), fc.nat(2 ** 24), fc.nat(2 ** 24), (total, available, swap) => {
        const facts = { total: total * MIB, available: available * MIB, swapTotal: swap * MIB, swapFree: swap * MIB };
        expect(parseMeminfo(meminfo(total, available, swap))).toEqual(facts);
      }),
    );
  });

  it('of a kernel before 3.14 tells what is free for what is available', () => {
    expect(parseMeminfo('MemTotal:  1024 kB\nMemFree:  512 kB\n')).toEqual({ total: MIB, available: MIB / 2, swapTotal: 0, swapFree: 0 });
  });
});

describe('/proc/swaps', () => {
  const HEAD = 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n';

  it('tells a file with a blank, a partition, zram and a deleted file', () => {
    const text = `${HEAD}/swap\\040file file 1024 512 -2\n/dev/sda2 partition 2048 0 -3\n/dev/zram0 partition 1024 0 100\n/old\\040(deleted) file 1024 0 -4\n`;
    expect(parseSwaps(text)).toEqual([
      { path: '/swap file', kind: 'file', size: MIB, used: MIB / 2, priority: -2 },
      { path: '/dev/sda2', kind: 'partition', size: 2 * MIB, used: 0, priority: -3 },
      { path: '/dev/zram0', kind: 'zram', size: MIB, used: 0, priority: 100 },
      { path: '/old', kind: 'deleted', size: MIB, used: 0, priority: -4 },
    ]);
  });

  it('of a host without swap is its head alone', () => {
    expect(parseSwaps(HEAD)).toEqual([]);
  });
});

describe('/etc/fstab', () => {
  it('names what is swap at boot, whatever its spacing', () => {
    const text =
      '# /old none swap sw 0 0\n\n  /swapfile\tnone  swap\tsw,nofail 0 0\nUUID=a none swap\n/a\\040b none swap sw 0 0\n/off none swap noauto 0 0\n/ / ext4\nbroken\n';
    expect(fstabSwaps(text)).toEqual(['/swapfile', 'UUID=a', '/a b']);
  });
});

describe('the mounts of control groups', () => {
  it.each([
    ['v2', UNIFIED_MOUNT, { unified: '/sys/fs/cgroup', memory: undefined }],
    ['v1', v1Mounts(['memory', 'cpu,cpuacct']), { unified: undefined, memory: '/sys/fs/cgroup/memory' }],
    [
      'hybrid',
      `${v1Mounts(['memory'])}41 31 0:36 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n`,
      { unified: '/sys/fs/cgroup/unified', memory: '/sys/fs/cgroup/memory' },
    ],
    [
      'none',
      '23 1 254:1 / / rw - ext4 /dev/vda1 rw\n40 31 0:37 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,name=systemd\n',
      { unified: undefined, memory: undefined },
    ],
  ] as const)('are %s', (kind, text, { unified, memory }) => {
    const layout = cgroupLayout(text);
    expect([layout.kind, layout.unified, layout.controllers.memory]).toEqual([kind, unified, memory]);
  });
});

describe('a kernel’s release', () => {
  it.each([
    ['5.10.0-28-amd64', 5, 10],
    ['6.18.44-gentoo', 6, 18],
    ['3.10.0-1160.el7.x86_64', 3, 10],
    ['5.15.167.4-microsoft-standard-WSL2', 5, 15],
    ['6.6.62+rpt-rpi-v8', 6, 6],
    ['6.12-rc1', 6, 12],
  ])('%s is %d.%d', (text, major, minor) => expect(parseKernelVersion(text)).toEqual({ major, minor }));

  it('is before another by number, not by letter', () => {
    expect(isBefore({ major: 5, minor: 10 }, 5, 8)).toBe(false);
    expect(isBefore({ major: 4, minor: 19 }, 5, 8)).toBe(true);
    expect(isBefore({ major: 6, minor: 1 }, 6, 1)).toBe(false);
  });
});

describe('the kernel’s command line', () => {
  it('counts a parameter’s last mention', () => {
    expect(kernelParameter('a swapaccount=0 b swapaccount=1\n', 'swapaccount')).toBe('1');
    expect(kernelParameter('noswapaccount=0 quiet', 'swapaccount')).toBeUndefined();
    expect(kernelParameter('quiet', 'quiet')).toBe('');
  });

  it('finds one value of a list', () => {
    expect(kernelParameterHas('cgroup_disable=pids,memory', 'cgroup_disable', 'memory')).toBe(true);
    expect(kernelParameterHas('cgroup_disable=memory2', 'cgroup_disable', 'memory')).toBe(false);
  });
});

test('a capability is a bit of the effective set', () => {
  expect(hasCapability('CapEff:\t00000000a80425fb\n', CAPABILITY.sysAdmin)).toBe(false);
  expect(hasCapability('CapPrm:\t0\nCapEff:\t000001ffffffffff\n', CAPABILITY.syslog)).toBe(true);
  expect(hasCapability('CapEff:\t000001fffeffffff\n', CAPABILITY.sysResource)).toBe(false);
  expect(hasCapability('Name: x', CAPABILITY.sysAdmin)).toBeUndefined();
});

describe('virtualisation', () => {
  const bare = {
    release: '6.1.0',
    vz: false,
    bc: false,
    container: undefined,
    dockerenv: false,
    containerenv: false,
    mounts: '',
    cpuinfo: 'flags\t: fpu',
  };
  it.each([
    ['none', {}],
    ['machine', { cpuinfo: 'processor\t: 0\nflags\t\t: fpu hypervisor lm\n' }],
    ['openvz', { vz: true }],
    ['none', { vz: true, bc: true }],
    ['wsl', { release: '5.15.167.4-microsoft-standard-WSL2' }],
    ['lxc', { container: 'lxc\n' }],
    ['lxc', { mounts: '1 2 0:3 /proc/meminfo /proc/meminfo rw - fuse.lxcfs lxcfs rw' }],
    ['nspawn', { container: 'systemd-nspawn' }],
    ['docker', { dockerenv: true }],
    ['podman', { containerenv: true }],
    ['container', { container: 'proot' }],
  ])('is %s for %j', (kind, traces) => expect(virtualisation({ ...bare, ...traces })).toBe(kind));
});

test('pressure is what waited in the last minute', () => {
  expect(parsePressure('some avg10=0.00 avg60=12.50 avg300=1.00 total=1\nfull avg10=9.00 avg60=3.25 avg300=0.00 total=1\n')).toEqual({
    some: 12.5,
    full: 3.25,
  });
  expect(parsePressure('some avg10=0.00 avg60=1.00 avg300=1.00 total=1\n')).toEqual({ some: 1, full: 0 });
});

test('open files, processors, numbers and the like', () => {
  expect(openFileLimit('Max open files            1024                 unlimited            files     \n')).toEqual({
    soft: 1024,
    hard: Number.POSITIVE_INFINITY,
  });
  expect(processorCount('processor 0: version = FF\nprocessor 1: version = FF\n')).toBe(2);
  expect(keyedNumber('low 0\noom_kill 12\noom_kill_disable 0\n', 'oom_kill')).toBe(12);
  expect(keyedNumber('oom_kill max\n', 'oom_kill')).toBeUndefined();
  expect(isWholeUidMap('         0     100000      65536\n')).toBe(false);
  expect(withoutOctalEscapes('/a\\040b\\011c\\134d')).toBe('/a b\tc\\d');
});
