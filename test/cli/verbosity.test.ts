import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { LABEL_SPEC } from '../../src/node/labels.ts';
import { FakeConsoles } from '../fakes/fake-console.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';
import { validatesAgainst } from '../schema.ts';
import { runContext } from './run-context.ts';

const MIB = 2 ** 20;

async function bench(used = 100 * MIB) {
  const nodes = fakeNodes();
  nodes.engine.program = () => ({ lines: [] });
  const consoles = new FakeConsoles(nodes.engine);
  nodes.engine.usage = async () => ({ memory: used, swap: 0, cpuNanoseconds: 0 });
  await nodes.add('dev', { memory: 512 * MIB, swap: 0 });
  const container = nodes.engine.containers.get('nodectl-dev');
  if (container === undefined) throw new Error('There is no container.');
  const run = async (...words: readonly string[]) => {
    const { context, written } = runContext(nodes.world);
    const code = await runCli(['verbosity', ...words, '--json'], context);
    const document = JSON.parse(written.stdout || written.stderr);
    validatesAgainst(written.stdout === '' ? 'error' : 'verbosity', document);
    return { code, document };
  };
  return { ...nodes, consoles, container, run, told: () => consoles.verbosity.get('nodectl-dev') };
}

test.each([
  [['dev', 'debug'], 4],
  [['dev', '1'], 1],
  [['trace'], 5],
  [['0'], 0],
])('%j tells the running geth, and says what a start sets back', async (words, number) => {
  const { run, told } = await bench();
  expect(await run(...words)).toMatchObject({
    code: 0,
    document: { node: 'dev', now: { number }, atStart: { level: 'info', number: 3, by: 'default' } },
  });
  expect(told()).toBe(number);
});

test('without a level it changes nothing and tells what geth began with', async () => {
  const { run, told, container } = await bench();
  container.observed = { ...container.observed, args: ['--verbosity', '2'] };
  const known = { node: 'dev', now: null, atStart: { level: 'warn', number: 2, by: 'arguments' } };
  expect(await run('dev')).toEqual({ code: 0, document: known });
  expect(await run()).toEqual({ code: 0, document: known });
  expect(told()).toBeUndefined();
});

test('a node whose name is a level can be named before its level', async () => {
  const { run, add, consoles } = await bench();
  await add('debug', { memory: 512 * MIB, swap: 0, ports: { http: 8645, ws: 8646, p2p: null } });
  expect((await run('debug', 'warn')).code).toBe(0);
  expect([...consoles.verbosity]).toEqual([['nodectl-debug', 2]]);
});

test.each([[['dev', 'loud']], [['dev', '6']], [['dev', '-1']], [['debug', 'dev']], [['../x']]])('%j is refused', async (words) => {
  const { run, told } = await bench();
  expect((await run(...words)).code).toBe(2);
  expect(told()).toBeUndefined();
});

test('geth is not asked where there is none, where it is not running, and where its console would be the end of it', async () => {
  const { run, container, told, consoles } = await bench(505 * MIB);
  expect(await run('dev', 'debug')).toMatchObject({ code: 4, document: { error: { code: 'NO_ROOM' } } });
  expect((await run('dev')).code).toBe(0);
  expect(told()).toBeUndefined();
  expect((await run('dev', 'debug', '--force')).code).toBe(0);
  consoles.silent.add('nodectl-dev');
  expect(await run('dev', 'debug', '--force')).toMatchObject({ code: 4, document: { error: { code: 'GETH_REFUSED' } } });
  const spec = JSON.parse(container.observed.labels[LABEL_SPEC] ?? '');
  const light = { backend: 'nimbus-verified-proxy', executionRpcs: [], beaconApis: [], own: { execution: true, beacon: true } };
  const { observed } = container;
  container.observed = { ...observed, labels: { ...observed.labels, [LABEL_SPEC]: JSON.stringify({ ...spec, geth: '', light }) } };
  expect(await run('dev', 'debug')).toMatchObject({ code: 2, document: { error: { code: 'UNSUPPORTED_OPTION' } } });
  container.observed = observed;
  container.end(0);
  expect(await run('dev', 'debug')).toMatchObject({ code: 4, document: { error: { code: 'NODE_NOT_RUNNING' } } });
  expect(await run('other', 'debug')).toMatchObject({ code: 5, document: { error: { code: 'NO_SUCH_NODE' } } });
});
