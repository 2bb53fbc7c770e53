import { describe, expect, it } from 'vitest';
import type { Finding, Severity } from '../../../src/finding.ts';
import { CHECKS } from '../../../src/host/checks/index.ts';
import { FAKE_INFO } from '../../fakes/fake-facts.ts';
import { DEBIAN_10, DEBIAN_12, DEBIAN_V1_SWAPFILE } from '../../fixtures/host-trees/debian.ts';
import { ALPINE_ZRAM, GENTOO_HYBRID } from '../../fixtures/host-trees/gentoo.ts';
import { type HostTree, treeFiles, v1Mounts } from '../../fixtures/host-trees/host-tree.ts';
import { LXC, OPENVZ, RASPBERRY_PI, WSL2 } from '../../fixtures/host-trees/small-and-shared.ts';
import { UBUNTU_18_04, UBUNTU_24_04 } from '../../fixtures/host-trees/ubuntu.ts';
import { engineOf, eyesOf, NO_ENGINE } from '../host-eyes.ts';
import { NOBODY } from '../machine-eyes.ts';

/** Checks that judge the kernel, memory and swap; the disk's, the network's and the engine's own are tested elsewhere. */
const KERNEL = /^(?:cg|cpu|mem|oom|swap|thp|ulimit|virt|vm)\b/;

async function lookAt(
  tree: HostTree,
  engine = engineOf(tree.engine),
  changes: HostTree['files'] = {},
): Promise<ReadonlyMap<string, Finding>> {
  const eyes = eyesOf(treeFiles(tree, changes), engine);
  const findings = await Promise.all(CHECKS.filter(({ id }) => KERNEL.test(id)).map((check) => check.look(eyes, NOBODY)));
  return new Map(findings.map((finding) => [finding.id, finding]));
}

/** Everything that is not `ok`. */
const HOSTS: readonly (readonly [string, HostTree, Readonly<Record<string, Severity>>])[] = [
  ['Debian 12', DEBIAN_12, { 'mem.psi': 'info', 'vm.swappiness': 'info' }],
  [
    'Debian 10 without swap accounting',
    DEBIAN_10,
    { 'cg.swap': 'fail', 'cg.version': 'warn', 'mem.psi': 'info', 'swap.present': 'warn', 'vm.swappiness': 'info' },
  ],
  ['Debian on v1 with a hasty swap file', DEBIAN_V1_SWAPFILE, { 'cg.version': 'warn', 'swap.file': 'fail', 'vm.swappiness': 'warn' }],
  ['Ubuntu 24.04', UBUNTU_24_04, { 'oom.userspace': 'warn', thp: 'warn', 'vm.swappiness': 'info' }],
  [
    'Ubuntu 18.04 tuned by old advice',
    UBUNTU_18_04,
    { 'cg.swap': 'fail', 'cg.version': 'warn', 'mem.psi': 'info', 'oom.history': 'warn', 'vm.swappiness': 'fail' },
  ],
  [
    'Gentoo with a kernel of its own',
    GENTOO_HYBRID,
    {
      'cg.swap': 'fail',
      'cg.version': 'warn',
      'swap.present': 'warn',
      'ulimit.nofile': 'warn',
      'vm.overcommit': 'fail',
      'vm.swappiness': 'info',
    },
  ],
  [
    'Alpine with zram',
    ALPINE_ZRAM,
    { 'cg.swap': 'warn', 'mem.psi': 'warn', 'mem.zram': 'info', 'swap.present': 'warn', 'vm.swappiness': 'info' },
  ],
  ['WSL 2', WSL2, { 'mem.psi': 'info', 'swap.allowed': 'info', 'swap.present': 'warn', 'virt.type': 'info', 'vm.swappiness': 'info' }],
  [
    'an unprivileged LXC container',
    LXC,
    { 'oom.readlog': 'info', 'swap.allowed': 'fail', 'swap.present': 'warn', 'virt.type': 'warn', 'vm.swappiness': 'info' },
  ],
  [
    'OpenVZ',
    OPENVZ,
    {
      ...{
        'cg.swap': 'fail',
        'cg.version': 'warn',
        'mem.psi': 'info',
        'oom.history': 'unknown',
        'oom.readlog': 'info',
        'swap.allowed': 'fail',
      },
      ...{ 'oom.userspace': 'unknown', 'swap.present': 'warn', 'ulimit.nofile': 'unknown', 'virt.type': 'fail' },
      ...{ 'vm.overcommit': 'unknown', 'vm.swappiness': 'unknown' },
    },
  ],
  ['a Raspberry Pi', RASPBERRY_PI, { 'cg.memory': 'fail', 'cg.swap': 'fail', 'mem.psi': 'info', 'vm.swappiness': 'info' }],
];

describe.each(HOSTS)('%s', (_name, tree, expected) => {
  it('is judged as its files say', async () => {
    const found = await lookAt(tree);
    const notable = [...found.values()].filter(({ severity }) => severity !== 'ok').map(({ id, severity }) => [id, severity]);
    expect(Object.fromEntries(notable)).toEqual(expected);
  });

  it('is judged by the kernel alone where no engine answers', async () => {
    const found = await lookAt(tree, NO_ENGINE);
    expect(found.get('cg.version')?.severity).toBe(expected['cg.version'] ?? 'ok');
    expect(found.get('swap.present')?.severity).toBe(expected['swap.present'] ?? 'ok');
  });
});

describe('the way to swap accounting', () => {
  const commands = async (tree: HostTree, changes: HostTree['files'] = {}) =>
    (await lookAt(tree, undefined, changes)).get('cg.swap')?.remedy?.commands;

  it('before 5.8 is swapaccount=1 in what makes the boot menu', async () => {
    expect(await commands(DEBIAN_10)).toEqual([
      `echo 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX swapaccount=1"' >> /etc/default/grub`,
      'update-grub',
      'reboot',
    ]);
    expect((await lookAt(DEBIAN_10)).get('cg.swap')?.fixable).toBe(true);
  });

  it('is grubby where the distribution has it', async () => {
    expect(await commands(DEBIAN_10, { 'usr/sbin/grubby': '' })).toEqual(['grubby --update-kernel=ALL --args="swapaccount=1"', 'reboot']);
  });

  it('is extlinux where the machine boots by it', async () => {
    const changes = { 'etc/default/grub': undefined, 'usr/sbin/update-grub': undefined };
    expect((await commands(DEBIAN_10, { ...changes, 'boot/extlinux/extlinux.conf': '' }))?.[0]).toContain('/boot/extlinux/extlinux.conf');
    expect((await commands(DEBIAN_10, { ...changes, 'etc/update-extlinux.conf': '' }))?.[1]).toBe('update-extlinux');
    expect(await commands(DEBIAN_10, changes)).toEqual(['reboot']);
  });

  it('from 5.8 on is to take swapaccount=0 away', async () => {
    const changes = { 'proc/cmdline': 'root=/dev/vda1 swapaccount=0 ro\n' };
    const tree = { ...DEBIAN_10, engine: { ...DEBIAN_10.engine, kernelVersion: '5.10.0-32-amd64' } };
    expect(await commands(tree, changes)).toEqual([`sed -i 's/\\bswapaccount=0\\b//' /etc/default/grub`, 'update-grub', 'reboot']);
  });

  it('from 6.1 on is no parameter, also where one stands', async () => {
    const found = (await lookAt(GENTOO_HYBRID, undefined, { 'proc/cmdline': 'swapaccount=0\n' })).get('cg.swap');
    expect(found?.remedy?.text).toContain('CONFIG_MEMCG_V1');
    expect(found?.fixable).toBe(false);
  });

  it('is in Windows for WSL', async () => {
    const release = '4.19.128-microsoft-standard';
    const tree = { ...WSL2, engine: { ...DEBIAN_10.engine, kernelVersion: release } };
    const changes = { 'proc/sys/kernel/osrelease': `${release}\n`, 'sys/fs/cgroup/system.slice/memory.swap.max': undefined };
    const found = (await lookAt(tree, undefined, changes)).get('cg.swap');
    expect(found?.remedy?.text).toContain('.wslconfig');
    expect(found?.fixable).toBe(false);
  });

  it('is asked of the provider where the kernel is not ours', async () => {
    const found = (await lookAt(OPENVZ)).get('cg.swap');
    expect(found?.remedy?.commands).toEqual([]);
    expect(found?.fixable).toBe(false);
  });
});

describe('the way to a memory limit on v1', () => {
  const command = async (release: string, commandLine: string) => {
    const changes = {
      'proc/sys/kernel/osrelease': release,
      'proc/cmdline': commandLine,
      'proc/self/mountinfo': `41 31 0:36 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n${v1Mounts(['cpu', 'cpuacct', 'pids'])}`,
    };
    const engine = engineOf({ cgroupVersion: 1, enforces: { ...FAKE_INFO.enforces, memory: false, swap: false } });
    return (await lookAt(DEBIAN_12, engine, changes)).get('cg.memory')?.remedy?.commands.join('; ');
  };

  it('leads to v2 where the kernel may have no other, as that of Debian 13', async () => {
    expect(await command('6.12.107+deb13-cloud-amd64', 'systemd.unified_cgroup_hierarchy=0')).toBe('nodectl doctor cg.version');
  });

  it('is a parameter of the kernel where one decides', async () => {
    expect(await command('6.12.107+deb13-cloud-amd64', 'cgroup_disable=memory')).toContain('cgroup_disable=memory');
    expect(await command('6.1.0-28-amd64', 'quiet')).toContain('cgroup_enable=memory');
  });
});

describe('the way to the memory controller on a Raspberry Pi', () => {
  it('is the firmware’s cmdline.txt, in the folder that release has', async () => {
    expect((await lookAt(RASPBERRY_PI)).get('cg.memory')?.remedy?.commands).toEqual([
      `sed -i '1s/$/ cgroup_enable=memory cgroup_memory=1/' /boot/firmware/cmdline.txt`,
      'reboot',
    ]);
    const older = { 'boot/firmware/cmdline.txt': undefined, 'boot/cmdline.txt': 'root=x\n' };
    expect((await lookAt(RASPBERRY_PI, undefined, older)).get('cg.memory')?.remedy?.commands[0]).toContain(' /boot/cmdline.txt');
  });

  it('elsewhere is to take cgroup_disable=memory away', async () => {
    const changes = { 'boot/firmware/cmdline.txt': undefined };
    expect((await lookAt(RASPBERRY_PI, undefined, changes)).get('cg.memory')?.remedy?.commands[0]).toContain('cgroup_disable=memory');
  });
});

it('swap is never proposed to be added where it cannot be', async () => {
  for (const tree of [WSL2, LXC, OPENVZ]) {
    const { remedy, fixable } = (await lookAt(tree)).get('swap.present') as Finding;
    expect(remedy?.commands.join()).not.toContain('nodectl host swap');
    expect(fixable).toBe(false);
  }
  expect((await lookAt(DEBIAN_10)).get('swap.present')).toMatchObject({
    fixable: true,
    remedy: { commands: ['nodectl host swap add --size 1G'] },
  });
});
