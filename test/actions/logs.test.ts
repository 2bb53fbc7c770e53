import { expect, test } from 'vitest';
import { command } from '../../src/cli/commands/logs.ts';
import { errorOfPromise } from '../error-code.ts';
import { type FakeNodes, fakeNodes } from '../fakes/fake-nodes.ts';

async function started(): Promise<{ nodes: FakeNodes; print: (text: string) => void; end: () => void }> {
  const nodes = fakeNodes();
  nodes.engine.program = () => ({ lines: [] });
  await nodes.add('dev');
  const container = nodes.engine.containers.get('nodectl-dev');
  return { nodes, print: (text) => container?.print(text, 'stderr'), end: () => container?.end(0) };
}

function logs({ world }: FakeNodes, words: object, json = false, onLine: (line: string) => void = () => {}) {
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push(line);
    onLine(line);
  };
  const exit = command.stream?.(command.input.parse(words), world, { json, write });
  return Promise.resolve(exit).then((code) => ({ code, lines }));
}

test('prints the lines as geth wrote them, the last ones only when asked', async () => {
  const { nodes, print } = await started();
  for (const text of ['one', '  two', 'three']) print(text);
  expect(await logs(nodes, {})).toEqual({ code: 0, lines: ['one', '  two', 'three'] });
  expect(await logs(nodes, { node: 'dev', tail: '2' })).toEqual({ code: 0, lines: ['  two', 'three'] });
  expect(await logs(nodes, { tail: '0' })).toEqual({ code: 0, lines: [] });
});

test('prints one JSON document per line that fits the published schema', async () => {
  const { nodes, print } = await started();
  print('INFO "quoted"');
  const [line = ''] = (await logs(nodes, {}, true)).lines;
  expect(command.report.parse(JSON.parse(line))).toMatchObject({ stream: 'stderr', text: 'INFO "quoted"' });
});

test('follows until the container ends', async () => {
  const { nodes, print, end } = await started();
  print('first');
  const following = logs(nodes, { follow: true }, false, (line) => (line === 'first' ? print('second') : end()));
  expect(await following).toEqual({ code: 0, lines: ['first', 'second'] });
});

test('stops following when the person interrupts', async () => {
  const { nodes, print } = await started();
  print('first');
  const following = logs(nodes, { follow: true }, false, () => nodes.interrupt());
  expect((await following).lines).toEqual(['first']);
});

test('leaves out what is older than asked, by duration and by time', async () => {
  const { nodes, print } = await started();
  print('now');
  expect((await logs(nodes, { since: '1h' })).lines).toEqual(['now']);
  expect((await logs(nodes, { since: '2099-01-01T00:00:00Z' })).lines).toEqual([]);
});

test.each([
  { tail: '-1' },
  { tail: 'all' },
  { tail: '1.5' },
  { since: 'yesterday' },
  { since: '10' },
  { since: '2026-13-41' },
  { node: '../x' },
])('refuses %j', (words) => expect(() => command.input.parse(words)).toThrow());

test('needs a node that exists', async () => {
  expect((await errorOfPromise(logs(fakeNodes(), {}))).code).toBe('NO_SUCH_NODE');
  const { nodes } = await started();
  expect((await errorOfPromise(logs(nodes, { node: 'other' }))).code).toBe('NO_SUCH_NODE');
});
