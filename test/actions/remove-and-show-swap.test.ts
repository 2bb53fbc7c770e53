import { expect, it, test } from 'vitest';
import type { RemoveSwapReport } from '../../src/actions/remove-swap.ts';
import type { ShowSwapReport } from '../../src/actions/show-swap.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { runContext } from '../cli/run-context.ts';
import { fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';
import { errorCode, swapWorld } from './swap-world.ts';

const ADD = ['host', 'swap', 'add', '--size', '1G', '--yes'];
const REMOVE = ['host', 'swap', 'remove', '--yes', '--json'];
const SHOW = ['host', 'swap', 'show', '--json'];
const GIB = 2 ** 30;
const MIB = 2 ** 20;

it('removes the one file of ours wherever it is, and only once', async () => {
  const { machine, nodectl } = swapWorld();
  const before = machine.state();
  await nodectl(...ADD, '--path', '/my swap');
  const first = JSON.parse((await nodectl(...REMOVE)).stdout) as RemoveSwapReport;
  expect(first).toMatchObject({ path: '/my swap', changed: true, totalBytes: 0 });
  expect(machine.state()).toBe(before);
  expect(JSON.parse((await nodectl(...REMOVE)).stdout)).toMatchObject({ path: null, changed: false });
});

it('leaves a swap file of a person that a line of ours makes lasting', async () => {
  const { machine, nodectl } = swapWorld();
  machine.put('/theirs', 'SWAPSPACE2');
  machine.put('/etc/fstab', '/theirs none swap sw,nofail,x-nodectl 0 0\n', 0o644);
  await nodectl(...ADD);
  expect(JSON.parse((await nodectl(...REMOVE)).stdout)).toMatchObject({ path: '/swapfile', changed: true });
  expect([machine.files.has('/theirs'), machine.text('/etc/fstab')]).toEqual([true, '/theirs none swap sw,nofail,x-nodectl 0 0\n']);
});

it('asks which of several', async () => {
  const { machine, nodectl } = swapWorld();
  await nodectl(...ADD);
  await nodectl(...ADD, '--path', '/second');
  expect(errorCode(await nodectl(...REMOVE))).toBe('USAGE');
  expect((await nodectl(...REMOVE, '--path', '/second')).code).toBe(0);
  expect([...machine.areas.keys()]).toEqual(['/swapfile']);
});

it('is refused while the pages would not fit into memory, and changes nothing then', async () => {
  const { machine, nodectl } = swapWorld();
  await nodectl(...ADD);
  machine.areas.set('/swapfile', { size: GIB, used: 900 * MIB });
  machine.memory = { total: 2 * GIB, available: 950 * MIB };
  const before = machine.state();
  expect(errorCode(await nodectl(...REMOVE))).toBe('HOST_REFUSED');
  expect(machine.state()).toBe(before);
  machine.memory = { total: 2 * GIB, available: 1100 * MIB };
  expect((await nodectl(...REMOVE)).code).toBe(0);
});

test.each([
  ['a file', () => {}],
  ['swap', (world: ReturnType<typeof swapWorld>) => void world.machine.areas.set('/foreign', { size: GIB, used: 0 })],
] as const)('%s that is not ours is left alone', async (_what, arrange) => {
  const world = swapWorld();
  world.machine.put('/foreign', 'SWAPSPACE2');
  arrange(world);
  const before = world.machine.state();
  expect(errorCode(await world.nodectl(...REMOVE, '--path', '/foreign'))).toBe('HOST_REFUSED');
  expect(world.machine.state()).toBe(before);
});

it('needs root and a yes', async () => {
  const { machine, nodectl } = swapWorld();
  await nodectl(...ADD);
  const before = machine.state();
  expect(errorCode(await nodectl('host', 'swap', 'remove', '--json'))).toBe('CONFIRMATION_REQUIRED');
  machine.become(1000);
  const ran = await nodectl(...REMOVE);
  expect([errorCode(ran), ran.stderr.includes('sudo swapoff /swapfile')]).toEqual(['PERMISSION', true]);
  expect(machine.state()).toBe(before);
});

test('show tells each area, without an engine too', async () => {
  const { machine, nodectl } = swapWorld();
  await nodectl(...ADD);
  machine.put('/swap.img', 'SWAPSPACE2', 0o644);
  machine.areas.set('/swap.img', { size: 512 * MIB, used: MIB });
  const { code, stdout } = await nodectl(...SHOW);
  const report = JSON.parse(stdout) as ShowSwapReport;
  expect(code).toBe(0);
  expect(report).toMatchObject({ usedBytes: MIB, promisedBytes: null, enough: null });
  expect(report.engineProblem).toMatch(/./);
  expect(report.areas).toMatchObject([
    { path: '/swapfile', mode: '0600', closed: true, persistent: true, own: true },
    { path: '/swap.img', mode: '0644', closed: false, persistent: false, own: false },
  ]);
});

test('show sums what the limits of all nodes promise', async () => {
  const { machine, world, nodectl } = swapWorld();
  const nodes = fakeNodes();
  await nodes.add('one', { swap: GIB, ...rpcOn(8545) });
  await nodes.add('two', { swap: GIB / 2, ...rpcOn(9545) });
  const show = async () => {
    const { context, written } = runContext({ ...world(), engine: nodes.world.engine });
    await runCli(SHOW, context);
    return JSON.parse(written.stdout) as ShowSwapReport;
  };
  await nodectl(...ADD);
  expect(await show()).toMatchObject({ promisedBytes: 1.5 * GIB, enough: false });
  await nodectl(...ADD, '--size', '512M', '--path', '/second');
  expect(await show()).toMatchObject({ enough: true });
  expect(machine.areas.size).toBe(2);
});
