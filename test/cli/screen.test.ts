import { describe, expect, it } from 'vitest';
import type { Command, CommandEntry, StreamOutput } from '../../src/cli/command.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import { runContext } from './run-context.ts';
import { sampleTable } from './sample-command.ts';

/** What a stream is given to draw on. */
async function screenWith({ tty = true, words = [] as readonly string[], env = {} as Readonly<Record<string, string>> }) {
  const given: StreamOutput[] = [];
  const [follow] = sampleTable().filter(({ name }) => name === 'follow');
  const load = async (): Promise<Command<unknown, unknown>> => ({
    ...(await (follow as CommandEntry).load()),
    stream: async (_input, _world, output) => {
      given.push(output);
      return 0;
    },
  });
  const table: readonly CommandEntry[] = [{ name: 'draw', summary: '', load }];
  const { context } = runContext();
  await runCli(['draw', ...words], { ...context, table, env, isTTY: { stdout: tty, stderr: true } });
  expect(given).toHaveLength(1);
  return given[0]?.screen;
}

describe('a stream', () => {
  it('may draw on a terminal', async () => expect(await screenWith({})).toBeDefined());

  it.each([
    ['a pipe', { tty: false }],
    ['--json', { words: ['--json'] }],
    ['a CI log', { env: { CI: 'true' } }],
    ['a terminal that cannot move its cursor', { env: { TERM: 'dumb' } }],
  ])('draws nothing for %s', async (_what, given) => expect(await screenWith(given)).toBeUndefined());

  it.each([
    [{}, false],
    [{ LANG: 'C' }, false],
    [{ LANG: 'de_DE.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: 'C' }, false],
    [{ LANG: 'C', LC_CTYPE: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.UTF-8', TERM: 'linux' }, false],
  ])('with %j has more than ASCII: %s', async (env, unicode) => expect((await screenWith({ env }))?.unicode).toBe(unicode));

  it('has no colour with NO_COLOR', async () => {
    expect((await screenWith({ env: { NO_COLOR: '1' } }))?.style.paint('red', 'x')).toBe('x');
    expect((await screenWith({}))?.style.paint('red', 'x')).not.toBe('x');
  });
});
