import { expect, test } from 'vitest';
import { command as consoleCommand } from '../../src/cli/commands/console.ts';
import { command as execCommand } from '../../src/cli/commands/exec.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { LABEL_SPEC } from '../../src/node/labels.ts';
import { FakeConsoles } from '../fakes/fake-console.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';
import { FakeTerminal } from '../fakes/fake-terminal.ts';
import { runContext } from './run-context.ts';

const MIB = 2 ** 20;

/** One running node, and a person at pipes (or at a terminal) before it. */
async function bench({ used = 200 * MIB, terminal = new FakeTerminal(false) } = {}) {
  const nodes = fakeNodes();
  nodes.engine.program = () => ({ lines: [] });
  await nodes.add('dev', { memory: 512 * MIB, swap: 0 });
  nodes.engine.usage = async () => ({ memory: used, swap: 0, cpuNanoseconds: 0 });
  terminal.endInput();
  const nodectl = async (...words: string[]) => {
    const { context, written } = runContext({ ...nodes.world, terminal: async () => terminal });
    return { code: await runCli(words, context), ...written };
  };
  return { ...nodes, terminal, nodectl, words: () => nodes.engine.sessions.at(-1)?.request.words };
}

const code = ({ stderr }: { readonly stderr: string }) => (JSON.parse(stderr) as { error: { code: string } }).error.code;

test('a console is geth attached to the IPC file of the running one, with a history in the volume', async () => {
  const { engine, nodectl, words } = await bench();
  engine.converse = () => ({ exitCode: 0, stdout: 'Welcome\n', stderr: '' });
  expect(await nodectl('console')).toEqual({ code: 0, stdout: 'Welcome\n', stderr: '' });
  expect(words()).toEqual(['geth', 'attach', '--datadir', '/data', '/data/geth.ipc']);
  expect(engine.sessions[0]?.request.tty).toBe(false);
});

test('a console has a terminal of its own where we have one on both sides', async () => {
  for (const [isTTY, hasKeys] of [
    [true, true],
    [true, false],
    [false, true],
  ] as const) {
    const terminal = new FakeTerminal(isTTY, hasKeys);
    terminal.type('\u0004');
    const { engine, nodectl } = await bench({ terminal });
    await nodectl('console', 'dev');
    expect(engine.sessions[0]?.request.tty).toBe(isTTY && hasKeys);
  }
});

test('--exec prints what geth prints and ends with its code, without touching standard input', async () => {
  const terminal = new FakeTerminal();
  const { engine, nodectl, words } = await bench({ terminal });
  engine.converse = (_, __, input) => ({ exitCode: 1, stdout: '[1,\n2]\n', stderr: input });
  expect(await nodectl('console', 'dev', '--exec', '[1,2]')).toEqual({ code: 1, stdout: '[1,\n2]\n', stderr: '' });
  expect(words()).toEqual(['geth', 'attach', '--datadir', '/data', '--exec', '[1,2]', '/data/geth.ipc']);
  expect(engine.sessions[0]?.request.tty).toBe(false);
});

test.each([
  ['1 + 1', 2],
  ['var a = "x"; a + "\\"\u00e9\\n"', 'x"\u00e9\n'],
  ['({ a: [true, null] })', { a: [true, null] }],
  ['undefined', null],
])('--exec --json gives the value of %s', async (script, result) => {
  const nodes = await bench();
  new FakeConsoles(nodes.engine);
  const { code, stdout } = await nodes.nodectl('console', '--exec', script, '--json');
  expect(code).toBe(0);
  expect(consoleCommand.report.parse(JSON.parse(stdout))).toEqual({ result });
});

test('--exec --json tells what geth refuses', async () => {
  const nodes = await bench();
  new FakeConsoles(nodes.engine);
  for (const script of ['nobody.knows', '1 +', 'throw new Error("mine")']) {
    const ran = await nodes.nodectl('console', '--exec', script, '--json');
    expect([ran.code, code(ran)]).toEqual([4, 'GETH_REFUSED']);
  }
});

test('a container without room for a second geth is left alone, unless one insists', async () => {
  const { nodectl, engine } = await bench({ used: 500 * MIB });
  const refused = await nodectl('console', '--exec', '1', '--json');
  expect([refused.code, code(refused)]).toEqual([4, 'NO_ROOM']);
  expect(engine.sessions).toEqual([]);
  expect((await nodectl('console', '--exec', '1', '--force')).code).toBe(0);
  const { nodectl: roomy } = await bench({ used: 480 * MIB });
  expect((await roomy('console', '--exec', '1')).code).toBe(0);
});

test('exec passes on the words after --, what the program prints, and its exit code', async () => {
  const { nodectl, engine, words } = await bench();
  engine.converse = () => ({ exitCode: 3, stdout: '--json\n', stderr: 'warned\n' });
  for (const node of [[], ['dev']]) {
    expect(await nodectl('exec', ...node, '--', 'geth', '--help', '--json', '--')).toEqual({
      code: 3,
      stdout: '--json\n',
      stderr: 'warned\n',
    });
    expect(words()).toEqual(['geth', '--help', '--json', '--']);
  }
});

test('exec --json keeps what the program printed in one document, and still passes on its exit code', async () => {
  const { nodectl, engine } = await bench();
  engine.converse = () => ({ exitCode: 3, stdout: 'one\n', stderr: 'two\n' });
  const { code, stdout } = await nodectl('exec', '--json', '--', 'geth', 'version');
  expect(code).toBe(3);
  expect(execCommand.report.parse(JSON.parse(stdout))).toEqual({ exitCode: 3, stdout: 'one\n', stderr: 'two\n' });
});

test.each([
  [['console', '--json'], 'USAGE'],
  [['exec', '--json'], 'USAGE'],
  [['exec', '--json', 'dev'], 'USAGE'],
  [['exec', '--json', 'dev', 'geth', 'version'], 'USAGE'],
  [['exec', '--json', '-t', '--', 'geth'], 'USAGE'],
  [['exec', '--json', 'nobody', '--', 'geth'], 'NO_SUCH_NODE'],
  [['exec', '--json', '--consensus', '--', 'prysm'], 'NO_SUCH_NODE'],
])('refuses %j', async (words, expected) => {
  const { nodectl } = await bench();
  expect(code(await nodectl(...words))).toBe(expected);
});

test('exec --tty needs a terminal to type at', async () => {
  const { nodectl } = await bench();
  const { code, stderr } = await nodectl('exec', '-t', '--', 'geth');
  expect([code, stderr]).toEqual([2, expect.stringContaining('terminal')]);
});

test.each([
  ['exited', 'NODE_NOT_RUNNING'],
  ['paused', 'CONTAINER_PAUSED'],
  ['restarting', 'NODE_NOT_RUNNING'],
] as const)('a node that is %s is told so', async (state, expected) => {
  const { nodectl, engine } = await bench();
  const container = engine.containers.get('nodectl-dev');
  if (container) container.observed = { ...container.observed, state };
  for (const words of [
    ['console', '--exec', '1', '--json'],
    ['exec', '--json', '--', 'geth'],
  ]) {
    expect(code(await nodectl(...words))).toBe(expected);
  }
});

test('a light client has no console', async () => {
  const { engine, nodectl } = await bench();
  const container = engine.containers.get('nodectl-dev');
  if (!container) throw new Error('no container');
  const own = { execution: false, beacon: false };
  const light = { backend: 'nimbus-verified-proxy', executionRpcs: [], beaconApis: [], own };
  const spec: object = JSON.parse(container.observed.labels[LABEL_SPEC] ?? '');
  const labels = { ...container.observed.labels, [LABEL_SPEC]: JSON.stringify({ ...spec, light }) };
  container.observed = { ...container.observed, labels };
  expect(code(await nodectl('console', '--exec', '1', '--json'))).toBe('UNSUPPORTED_OPTION');
  expect((await nodectl('exec', '--', 'nimbus_verified_proxy', '--version')).code).toBe(0);
});
