import { expect, test } from 'vitest';
import { command } from '../../src/cli/commands/logs.ts';
import { errorOfPromise } from '../error-code.ts';
import { type FakeNodes, fakeNodes } from '../fakes/fake-nodes.ts';

async function started() {
  const nodes = fakeNodes();
  nodes.engine.program = () => ({ lines: [] });
  await nodes.add('dev');
  const container = nodes.engine.containers.get('nodectl-dev');
  if (container === undefined) throw new Error('There is no container.');
  const crash = () => {
    container.end(2);
    container.observed = { ...container.observed, state: 'restarting' };
  };
  return { nodes, container, crash, print: (text: string) => container.print(text, 'stderr'), end: () => container.end(0) };
}

function logs({ world }: FakeNodes, words: object, json = false, onLine: (line: string) => void = () => {}) {
  const lines: string[] = [];
  const write = (line: string) => {
    lines.push(line);
    onLine(line);
  };
  const exit = command.stream?.(command.input.parse(words), world, { json, write, bytes() {} });
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

const AT = (level: string, text: string) => `${level.padEnd(5)}[11-21|12:00:00.000] ${text}`;

test('prints what is as grave as asked, or graver, with what belongs to it', async () => {
  const { nodes, print } = await started();
  for (const text of [AT('INFO', 'a'), AT('WARN', 'b'), 'rest of b', AT('DEBUG', 'c'), AT('ERROR', 'd'), AT('INFO', 'e')]) print(text);
  const kept = (words: object) => logs(nodes, words).then(({ lines }) => lines.map((line) => line.replace(/^.*\] /, '')));
  expect(await kept({ level: 'warn' })).toEqual(['b', 'rest of b', 'd']);
  expect(await kept({ level: 'warn', tail: '2' })).toEqual(['rest of b', 'd']);
  expect(await kept({ level: 'error', tail: '9' })).toEqual(['d']);
  expect(await kept({ level: 'trace', tail: '0' })).toEqual([]);
});

test('prints the last lines of a level, then follows with that level', async () => {
  const { nodes, print, end } = await started();
  for (const text of [AT('WARN', '1'), AT('WARN', '2'), AT('INFO', '3')]) print(text);
  const following = logs(nodes, { level: 'warn', tail: '1', follow: true }, false, (line) => {
    if (line.endsWith('2')) for (const text of [AT('INFO', '4'), AT('WARN', '5')]) print(text);
    else end();
  });
  expect((await following).lines).toEqual([AT('WARN', '2'), AT('WARN', '5')]);
});

test('leaves out what is newer than asked', async () => {
  const { nodes, print } = await started();
  print('now');
  expect((await logs(nodes, { until: '1h' })).lines).toEqual([]);
  expect((await logs(nodes, { until: '1h', follow: true })).lines).toEqual([]);
  expect((await logs(nodes, { until: '2099-01-01T00:00:00Z' })).lines).toEqual(['now']);
  expect((await errorOfPromise(logs(nodes, { since: '1m', until: '1h' }))).code).toBe('USAGE');
});

test('follows up to an instant', async () => {
  const { nodes, print } = await started();
  print('now');
  const until = new Date(Date.now() + 300).toISOString();
  expect((await logs(nodes, { follow: true, until })).lines).toEqual(['now']);
});

test.each([undefined, '0', '1'])(
  'goes on when the engine starts the container again, and tells no line twice (the last %s)',
  async (tail) => {
    const { nodes, container, crash, print, end } = await started();
    print('before');
    const following = logs(nodes, { follow: true, tail }, false, (line) => {
      if (line === 'one') {
        print('dying');
        crash();
        setTimeout(() => container.start({ lines: [{ stream: 'stderr', text: 'again' }] }), 50);
      } else if (line === 'again') end();
    });
    setTimeout(() => print('one'), 50);
    expect(await following).toEqual({ code: 0, lines: [...(tail === '0' ? [] : ['before']), 'one', 'dying', 'again'] });
  },
);

test('ends when the container comes back no more, or the person interrupts meanwhile', async () => {
  const { nodes, container, crash, print } = await started();
  const following = logs(nodes, { follow: true }, false, () => {
    crash();
    setTimeout(() => {
      container.observed = { ...container.observed, state: 'exited' };
    }, 50);
  });
  print('last');
  expect((await following).lines).toEqual(['last']);
  const other = await started();
  const waiting = logs(other.nodes, { follow: true }, false, () => {
    other.crash();
    setTimeout(() => other.nodes.interrupt(), 50);
  });
  other.print('last');
  expect((await waiting).lines).toEqual(['last']);
});

test('tells level, message and fields of each line as a document, and the line whole', async () => {
  const { nodes, print } = await started();
  const lines = [
    AT('INFO', 'Set global gas cap    cap=50,000,000'),
    'goroutine 1 [running]:',
    '\u001b[2J\u0000{"lvl":"in',
    '',
    'x'.repeat(1 << 20),
  ];
  for (const text of lines) print(text);
  const documents = (await logs(nodes, {}, true)).lines.map((line) => command.report.parse(JSON.parse(line)));
  expect(documents.map(({ text }) => text)).toEqual(lines);
  expect(documents[0]).toMatchObject({ level: 'info', message: 'Set global gas cap', fields: { cap: '50,000,000' } });
  expect(documents.slice(1).map(({ level }) => level)).toEqual([null, null, null, null]);
});

test('lets no line command the terminal', async () => {
  const { nodes, print } = await started();
  print('name=\u001b]0;owned\u0007');
  expect((await logs(nodes, {})).lines).toEqual(['name=\\x1b]0;owned\\x07']);
});

test.each([
  { tail: '-1' },
  { tail: 'all' },
  { tail: '1.5' },
  { since: 'yesterday' },
  { since: '10' },
  { since: '2026-13-41' },
  { until: 'later' },
  { level: 'loud' },
  { level: 'WARN' },
  { node: '../x' },
])('refuses %j', (words) => expect(() => command.input.parse(words)).toThrow());

test('needs a node that exists', async () => {
  expect((await errorOfPromise(logs(fakeNodes(), {}))).code).toBe('NO_SUCH_NODE');
  const { nodes } = await started();
  expect((await errorOfPromise(logs(nodes, { node: 'other' }))).code).toBe('NO_SUCH_NODE');
});
