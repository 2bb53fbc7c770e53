import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { NodectlError } from '../../src/errors.ts';
import type { HostFiles } from '../../src/ports/host-files.ts';
import type { World } from '../../src/ports.ts';
import { FAKE_INFO } from '../fakes/fake-facts.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';
import { DEBIAN_12 } from '../fixtures/host-trees/debian.ts';
import { treeFiles } from '../fixtures/host-trees/host-tree.ts';
import { RASPBERRY_PI } from '../fixtures/host-trees/small-and-shared.ts';
import { blindFiles } from '../host/host-eyes.ts';
import { PROFILES } from '../profile-files.ts';
import { validatesAgainst } from '../schema.ts';
import { runContext } from './run-context.ts';

/** Checks of which nothing in memory disturbs the judgement. */
const KERNEL = ['cg', 'swap', 'vm', 'mem', 'oom.history', 'virt', 'thp'];

function machine(files: HostFiles, over: Partial<World> = {}) {
  const nodes = fakeNodes();
  const world: World = {
    ...nodes.world,
    profiles: async () => PROFILES,
    hostFiles: async () => files,
    hostQuestions: async () => ({ portTaken: async () => false, ask: async () => undefined, syncTimes: async () => undefined }),
    ...over,
  };
  const nodectl = async (...words: string[]) => {
    const { context, written } = runContext(world);
    const exit = await runCli(['doctor', ...words], context);
    return { exit, ...written };
  };
  return { ...nodes, nodectl };
}

const noEngine: Partial<World> = {
  engine: () => Promise.reject(new NodectlError('ENGINE_NOT_RUNNING', 'The Docker engine is installed but not running.')),
};

describe('doctor', () => {
  it('of a healthy host is exit 0, and its document fits the schema', async () => {
    const { exit, stdout } = await machine(treeFiles(DEBIAN_12)).nodectl(...KERNEL, '--json');
    const report = JSON.parse(stdout);
    expect(report.findings.filter(({ severity }: { severity: string }) => severity === 'fail')).toEqual([]);
    expect(exit).toBe(0);
    validatesAgainst('doctor', report);
    expect(report.findings.length).toBe(Object.values<number>(report.counts).reduce((sum, count) => sum + count));
  });

  it('of a host with a failing check is exit 3, and that check comes first with its commands', async () => {
    const { exit, stdout } = await machine(
      treeFiles({ ...DEBIAN_12, files: { ...DEBIAN_12.files, 'proc/sys/vm/overcommit_memory': '2\n' } }),
    ).nodectl(...KERNEL);
    expect(exit).toBe(3);
    expect(stdout.split('\n')[2]).toMatch(/^✗ vm\.overcommit /);
    expect(stdout).toContain('sysctl -w vm.overcommit_memory=0');
  });

  it('warns without failing', async () => {
    const files = treeFiles({ ...DEBIAN_12, files: { ...DEBIAN_12.files, 'proc/vmstat': 'oom_kill 2\n' } });
    expect((await machine(files).nodectl('oom.history')).exit).toBe(0);
  });

  it('looks at the host also where no engine answers, and says so', async () => {
    const { exit, stdout } = await machine(treeFiles(DEBIAN_12), noEngine).nodectl('--json');
    const report = JSON.parse(stdout);
    const severity = (id: string) => report.findings.find((finding: { id: string }) => finding.id === id).severity;
    expect([exit, report.engine, severity('docker.reach'), severity('swap.present')]).toEqual([3, null, 'fail', 'ok']);
    validatesAgainst('doctor', report);
  });

  it('that sees neither engine nor host is exit 4', async () => {
    expect((await machine(blindFiles('denied'), noEngine).nodectl('docker.reach', 'vm', 'swap.present')).exit).toBe(4);
  });

  it('judges for a node that is not there yet', async () => {
    const { nodectl } = machine(treeFiles(DEBIAN_12));
    const report = JSON.parse(
      (await nodectl('mem.free', 'swap.size', '--for', 'hoodi', '--memory', '4G', '--swap', '2G', '--json')).stdout,
    );
    expect(report.network).toBe('hoodi');
    expect(report.findings.map(({ id, severity }: { id: string; severity: string }) => [id, severity])).toEqual([
      ['mem.free', 'fail'],
      ['swap.size', 'warn'],
    ]);
  });

  it('counts the nodes that are there', async () => {
    const { nodectl, add } = machine(treeFiles(DEBIAN_12));
    await add('a');
    await add('b', { ports: { http: 9545, ws: 9546, p2p: null } });
    const report = JSON.parse((await nodectl('swap.size', '--json')).stdout);
    expect([report.nodes, report.findings[0].severity]).toEqual([['a', 'b'], 'warn']);
  });

  it('judges a Raspberry Pi by what its engine says', async () => {
    const { nodectl, engine } = machine(treeFiles(RASPBERRY_PI));
    const info = { ...FAKE_INFO, ...RASPBERRY_PI.engine };
    Object.assign(engine, { info: async () => info });
    expect((await nodectl('cg.memory')).exit).toBe(3);
  });
});

describe('doctor --list', () => {
  it('lists every check without asking engine or host', async () => {
    const never = () => Promise.reject(new Error('not needed'));
    const { nodectl } = machine(blindFiles('denied'), { engine: never, hostFiles: never });
    const { exit, stdout } = await nodectl('--list', '--json');
    const { checks } = JSON.parse(stdout);
    expect(exit).toBe(0);
    expect(checks.map(({ id }: { id: string }) => id)).toContain('cg.swap');
    validatesAgainst('doctor', { checks });
    expect((await nodectl('--list', 'vm')).stdout.split('\n')).toHaveLength(4);
  });
});

describe('bad words', () => {
  it.each([
    [['cg.swop'], 'cg.swap'],
    [['nosuch'], '--list'],
    [['--memory', 'much'], 'docker'],
    [['--runtime', 'a b'], '--runtime'],
    [['--cpus', 'x'], ''],
  ])('%j are exit 2 with a word of help', async (words, help) => {
    const { exit, stderr } = await machine(treeFiles(DEBIAN_12)).nodectl(...words);
    expect(exit).toBe(2);
    expect(stderr).toContain(help);
  });

  it('a network that does not exist is exit 5', async () => {
    expect((await machine(treeFiles(DEBIAN_12)).nodectl('--for', 'nosuchnet')).exit).toBe(5);
  });
});
