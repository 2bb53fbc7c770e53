import { describe, expect, it } from 'vitest';
import { memPsi } from '../../../src/host/checks/mem-psi.ts';
import { memZram } from '../../../src/host/checks/mem-zram.ts';
import { oomHistory } from '../../../src/host/checks/oom-history.ts';
import { oomReadlog } from '../../../src/host/checks/oom-readlog.ts';
import { oomScore } from '../../../src/host/checks/oom-score.ts';
import { oomUserspace } from '../../../src/host/checks/oom-userspace.ts';
import { swapAllowed } from '../../../src/host/checks/swap-allowed.ts';
import { swapFile } from '../../../src/host/checks/swap-file.ts';
import { thp } from '../../../src/host/checks/thp.ts';
import { ulimitNofile } from '../../../src/host/checks/ulimit-nofile.ts';
import { virtType } from '../../../src/host/checks/virt-type.ts';
import { vmOvercommit } from '../../../src/host/checks/vm-overcommit.ts';
import { vmSwappiness } from '../../../src/host/checks/vm-swappiness.ts';
import { DEBIAN_10, DEBIAN_12 } from '../../fixtures/host-trees/debian.ts';
import { treeFiles } from '../../fixtures/host-trees/host-tree.ts';
import { eyesOf } from '../host-eyes.ts';
import { NOBODY, tenant } from '../machine-eyes.ts';

describe('vm.swappiness', () => {
  const at = (value: number | undefined, group?: number, compressed = false) =>
    vmSwappiness.judge({ value, group: group === undefined ? undefined : { path: 'group', value: group }, compressed }, NOBODY).severity;

  it.each([
    [0, undefined, 'fail'],
    [1, undefined, 'ok'],
    [10, 10, 'ok'],
    [60, 60, 'info'],
    [100, undefined, 'info'],
    [150, undefined, 'warn'],
    [10, 60, 'warn'],
    [60, 0, 'fail'],
    [undefined, undefined, 'unknown'],
  ] as const)('%s, of containers on v1 %s, is %s', (value, group, severity) => expect(at(value, group)).toBe(severity));

  it('beyond 100 is right for compressed memory', () => expect(at(150, undefined, true)).toBe('info'));
});

const text = (content: string) => ({ text: content });

it.each([
  ['0\n', 'ok'],
  ['1\n', 'ok'],
  ['2\n', 'fail'],
  ['x', 'unknown'],
])('vm.overcommit %j is %s', (content, severity) => expect(vmOvercommit.judge(text(content), NOBODY).severity).toBe(severity));

it.each([
  [text('[always] madvise never\n'), 'warn'],
  [text('always [madvise] never\n'), 'ok'],
  [text('always madvise [never]\n'), 'ok'],
  [text('always defer\n'), 'unknown'],
  [{ failure: 'missing' }, 'ok'],
  [{ failure: 'denied' }, 'unknown'],
] as const)('thp %j is %s', (file, severity) => expect(thp.judge(file, NOBODY).severity).toBe(severity));

it.each([
  [text('some avg10=0 avg60=9.99 avg300=0 total=0\nfull avg10=0 avg60=0.00 avg300=0 total=0\n'), 'ok'],
  [text('some avg10=0 avg60=10.00 avg300=0 total=0\nfull avg10=0 avg60=5.00 avg300=0 total=0\n'), 'warn'],
  [text('some avg10=0 avg60=20.00 avg300=0 total=0\nfull avg10=0 avg60=10.50 avg300=0 total=0\n'), 'fail'],
  [text('some avg10=0 avg60=41.00 avg300=0 total=0\nfull avg10=0 avg60=0.00 avg300=0 total=0\n'), 'fail'],
  [text('cpu'), 'unknown'],
  [{ failure: 'missing' }, 'info'],
  [{ failure: 'unreadable' }, 'info'],
  [{ failure: 'denied' }, 'unknown'],
] as const)('mem.psi %j is %s', (file, severity) => expect(memPsi.judge(file, NOBODY).severity).toBe(severity));

describe('mem.zram', () => {
  const zram = [{ path: '/dev/zram0', kind: 'zram', size: 1024, used: 0, priority: 100 }] as const;
  it.each([
    [zram, 'Y', 'warn'],
    [zram, 'N', 'info'],
    [[], 'Y', 'info'],
    [[], undefined, 'ok'],
    [undefined, undefined, 'unknown'],
  ] as const)('%j, zswap %s is %s', (areas, zswap, severity) => expect(memZram.judge({ areas, zswap }, NOBODY).severity).toBe(severity));
});

describe('swap.file', () => {
  const status = { kind: 'file', mode: 0o600, uid: 0, size: 1024, allocated: 1024 } as const;
  const right = { path: '/swapfile', active: true, status, persistent: true };
  const judge = (...files: Parameters<typeof swapFile.judge>[0]['files'] & object) => swapFile.judge({ files }, NOBODY);

  it.each([
    ['right', right, 'ok', false],
    ['readable by others', { ...right, status: { ...status, mode: 0o644 } }, 'fail', true],
    ['of an ordinary user', { ...right, status: { ...status, uid: 1000 } }, 'fail', true],
    ['forgotten at boot', { ...right, persistent: false }, 'warn', true],
    ['of which fstab tells nothing', { ...right, persistent: undefined }, 'ok', false],
    ['not visible', { ...right, status: undefined }, 'ok', false],
    ['in fstab, but gone', { ...right, active: false, status: undefined }, 'warn', false],
  ] as const)('%s', (_name, file, severity, fixable) => {
    const judgement = judge(file);
    expect([judgement.severity, judgement.fixable]).toEqual([severity, fixable]);
  });

  it('tells all that is wrong at once, with a command each', () => {
    const { severity, remedy } = judge({ ...right, path: '/a b', status: { ...status, mode: 0o644 }, persistent: false });
    expect(severity).toBe('fail');
    expect(remedy?.commands).toHaveLength(2);
    expect(remedy?.commands[1]).toContain('/a\\040b none swap');
  });
});

describe('swap.allowed and virt.type', () => {
  const evidence = { areas: [], memory: undefined };
  it.each([
    ['none', true, 'ok', 'ok'],
    ['machine', true, 'ok', 'ok'],
    ['wsl', true, 'info', 'info'],
    ['docker', true, 'info', 'info'],
    ['docker', false, 'fail', 'warn'],
    ['lxc', undefined, 'unknown', 'warn'],
    ['lxc', false, 'fail', 'warn'],
    ['openvz', false, 'fail', 'fail'],
    ['none', undefined, 'unknown', 'ok'],
  ] as const)('%s, owner of its kernel: %s', (virtualisation, ownsKernel, allowed, type) => {
    const place = { virtualisation, ownsKernel };
    expect(swapAllowed.judge({ ...evidence, place }, NOBODY).severity).toBe(allowed);
    expect(virtType.judge(place, NOBODY).severity).toBe(type);
  });
});

describe('oom.history', () => {
  it.each([
    [0, 0, 'ok'],
    [3, 0, 'warn'],
    [3, 1, 'fail'],
    [undefined, 0, 'unknown'],
    [undefined, 2, 'fail'],
  ] as const)('host %s, node %s is %s', (host, kills, severity) => {
    expect(oomHistory.judge({ host, nodes: [{ node: 'dev', kills, source: 'x' }] }, NOBODY).severity).toBe(severity);
  });

  it.each([
    ['v1', DEBIAN_10, 'sys/fs/cgroup/memory/docker/ID/memory.oom_control', 'oom_kill_disable 0\nunder_oom 0\noom_kill 2\n'],
    ['v2 by systemd', DEBIAN_12, 'sys/fs/cgroup/system.slice/docker-ID.scope/memory.events', 'low 0\noom 2\noom_kill 2\n'],
    ['v2 by cgroupfs', DEBIAN_12, 'sys/fs/cgroup/docker/ID/memory.events', 'low 0\noom 2\noom_kill 2\n'],
  ])('counts a running node’s kills on %s', async (_name, tree, path, content) => {
    const dev = tenant();
    const files = treeFiles(tree, { [path.replace('ID', dev.container.id)]: content });
    expect((await oomHistory.look(eyesOf(files), { ...NOBODY, tenants: [dev] })).severity).toBe('fail');
  });

  it('takes the engine’s flag for a node that ended', async () => {
    const dev = tenant('dev', { container: { state: 'exited', pid: 0, oomKilled: true } });
    expect((await oomHistory.look(eyesOf(treeFiles(DEBIAN_12)), { ...NOBODY, tenants: [dev] })).severity).toBe('fail');
  });
});

describe('oom.readlog', () => {
  const device = { kind: 'other', mode: 0o644, uid: 0, size: 0, allocated: 0 } as const;
  it.each([
    [{ device, restricted: true, privileged: true, journal: undefined }, 'ok'],
    [{ device, restricted: false, privileged: false, journal: undefined }, 'ok'],
    [{ device, restricted: true, privileged: false, journal: '/var/log/journal' }, 'info'],
    [{ device, restricted: true, privileged: false, journal: undefined }, 'warn'],
    [{ device: undefined, restricted: true, privileged: true, journal: undefined }, 'info'],
  ] as const)('%j is %s', (evidence, severity) => expect(oomReadlog.judge(evidence, NOBODY).severity).toBe(severity));
});

describe('oom.score', () => {
  const at = (score: number | undefined) => ({ node: 'dev', pid: 1, score });
  it.each([
    [[at(0)], true, 'ok'],
    [[at(500)], true, 'ok'],
    [[at(800)], true, 'warn'],
    [[at(-500)], true, 'warn'],
    [[at(-500)], false, 'fail'],
    [[at(undefined)], true, 'unknown'],
    [[], undefined, 'ok'],
  ] as const)('%j is %s', (nodes, engineMayShield, severity) => {
    expect(oomScore.judge({ nodes, engineMayShield }, NOBODY).severity).toBe(severity);
  });
});

it.each([
  [[], 'ok'],
  [['systemd-oomd'], 'warn'],
  [['earlyoom', 'nohang'], 'warn'],
  [undefined, 'unknown'],
] as const)('oom.userspace %j is %s', (names, severity) => expect(oomUserspace.judge(names, NOBODY).severity).toBe(severity));

it.each([
  [65_536, 'ok'],
  [16_384, 'ok'],
  [4096, 'warn'],
  [1024, 'fail'],
  [Number.POSITIVE_INFINITY, 'ok'],
] as const)('ulimit.nofile of %s is %s', (files, severity) => {
  const limits = [
    { who: 'dev', source: 'x', files: 1_000_000 },
    { who: 'A new node', source: 'y', files },
  ];
  expect(ulimitNofile.judge({ limits }, NOBODY).severity).toBe(severity);
});
