import { describe, expect, it } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import { NodectlError } from '../../src/errors.ts';
import { runContext } from './run-context.ts';
import { sampleTable } from './sample-command.ts';

async function run(words: readonly string[], table = sampleTable()) {
  const { context, written } = runContext();
  const exit = await runCli(words, { ...context, table });
  return { exit, ...written };
}

function failing(thrown: unknown) {
  return sampleTable(async () => {
    throw thrown;
  });
}

describe('runCli', () => {
  it('gives a command its options and arguments, camel-cased, with what follows -- untouched', async () => {
    const { stdout } = await run([
      'sample',
      'a',
      '--sync-mode',
      'full',
      '-l',
      'x',
      '--label',
      'y',
      '--dry-run',
      '--json',
      '--',
      '--cache',
      '--json',
    ]);
    expect(JSON.parse(stdout)).toEqual({ node: 'a', gethFlags: ['--cache', '--json'], syncMode: 'full', label: ['x', 'y'], dryRun: true });
  });

  it('prints the rendering, or one JSON document, and exits as the command says', async () => {
    expect(await run(['sample', 'a'])).toEqual({ exit: 3, stdout: 'rendered {"node":"a","gethFlags":[]}\n', stderr: '' });
    expect(JSON.parse((await run(['sample', 'a', '--json'])).stdout)).toEqual({ node: 'a', gethFlags: [] });
  });

  it('runs a command of several words', async () => {
    expect(await run(['group', 'sample', 'a'])).toMatchObject({ exit: 3, stdout: 'rendered {"node":"a","gethFlags":[]}\n' });
  });

  it('lets a stream write by itself and give the exit code', async () => {
    expect(await run(['follow', '--json'])).toEqual({ exit: 0, stdout: 'json true\n', stderr: '' });
  });

  it.each([[[]], [['--help']], [['-h']], [['help']]])('shows all commands for %j', async (words) => {
    const { exit, stdout } = await run(words);
    expect(exit).toBe(0);
    expect(stdout).toContain('sample');
  });

  it.each([[['help', 'group', 'sample']], [['group', 'sample', '-h']]])("shows a command's own help for %j", async (words) => {
    const { exit, stdout } = await run(words);
    expect(exit).toBe(0);
    expect(stdout).toContain('--sync-mode');
    expect(stdout).toContain('nodectl sample a');
  });

  it.each([[['group']], [['group', '--help']], [['help', 'group']]])('shows the commands of a group for %j', async (words) => {
    const { exit, stdout } = await run(words);
    expect(exit).toBe(0);
    expect(stdout).toContain('a nested sample');
  });

  it.each([
    [['smple'], 'sample'],
    [['smple', '--help'], 'sample'],
    [['group', 'smple'], 'sample'],
    [['sample', '--dry-rnu'], '--dry-run'],
  ])('refuses %j as usage and suggests %s', async (words, nearest) => {
    const { exit, stdout, stderr } = await run(words);
    expect({ exit, stdout }).toEqual({ exit: 2, stdout: '' });
    expect(stderr).toContain(nearest);
  });

  it.each([[['sample', '--sync-mode']], [['--json']], [['follow', '--label']]])('refuses %j as usage', async (words) => {
    expect((await run(words)).exit).toBe(2);
  });

  it('names the option whose value the schema refuses', async () => {
    const { exit, stderr } = await run(['sample', '--sync-mode', 'warp', '--json']);
    expect(exit).toBe(2);
    const { error } = JSON.parse(stderr);
    expect(error.code).toBe('USAGE');
    expect(error.message).toContain('--sync-mode');
    expect(error.message).toContain('snap, full');
  });

  it('tells an error of the table with its facts and hint, and exits as the table says', async () => {
    const error = new NodectlError('PORT_TAKEN', 'Port 8545 is taken.', { facts: { port: '8545', by: 'nginx' } });
    const { exit, stdout, stderr } = await run(['sample'], failing(error));
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: '' });
    expect(stderr.split('\n').slice(0, 3)).toEqual(['error: Port 8545 is taken.', '  port  8545', '  by    nginx']);
    expect(stderr).toContain(error.hint);
  });

  it('tells the same error as one JSON document on standard error', async () => {
    const error = new NodectlError('NO_SUCH_NODE', 'No node a.', { hint: 'Type it.' });
    const { exit, stdout, stderr } = await run(['sample', '--json'], failing(error));
    expect({ exit, stdout }).toEqual({ exit: 5, stdout: '' });
    expect(JSON.parse(stderr)).toEqual({ error: { code: 'NO_SUCH_NODE', message: 'No node a.', hint: 'Type it.' } });
  });

  it('writes nothing beside the bytes with which a command filled standard output', async () => {
    const table = sampleTable().map((entry) => ({ ...entry, load: async () => ({ ...(await entry.load()), filledOutput: () => true }) }));
    for (const words of [['sample'], ['sample', '--json']]) {
      const { exit, stdout, stderr } = await run(words, table);
      expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
      expect(stderr).toContain('rendered');
    }
  });

  it('takes --json behind -- for a word of geth', async () => {
    const { stderr } = await run(['sample', '--', '--json'], failing(new NodectlError('TIMED_OUT', 'Late.')));
    expect(stderr.startsWith('error:')).toBe(true);
  });

  it.each([
    [['sample'], failing(new TypeError('oops'))],
    [['broken'], sampleTable()],
  ])('calls an unknown exception of %j a bug, with its stack', async (words, table) => {
    const { exit, stderr } = await run(words, table);
    expect(exit).toBe(1);
    expect(stderr).toMatch(/TypeError: (oops|broken table)\n +at /);
  });

  it('exits 130 when the person interrupted, whatever the command threw', async () => {
    const interruption = new AbortController();
    const { context, written } = runContext({ signal: interruption.signal });
    const table = sampleTable(async () => {
      interruption.abort('SIGINT');
      throw new Error('socket closed');
    });
    expect(await runCli(['sample', '--json'], { ...context, table })).toBe(130);
    expect(JSON.parse(written.stderr).error.code).toBe('INTERRUPTED');
  });

  it('is quiet when the reader of its output has gone', async () => {
    const interruption = new AbortController();
    const { context, written } = runContext({ signal: interruption.signal });
    const table = sampleTable(async () => {
      interruption.abort('output closed');
      throw new Error('aborted');
    });
    expect(await runCli(['sample'], { ...context, table })).toBe(0);
    expect(written.stderr).toBe('');
  });

  it('paints errors only on a terminal without NO_COLOR and CI', async () => {
    const table = failing(new NodectlError('TIMED_OUT', 'Late.'));
    const isTTY = { stdout: true, stderr: true };
    const painted: boolean[] = [];
    for (const env of [{}, { NO_COLOR: '1' }, { CI: 'true' }, { TERM: 'dumb' }]) {
      const { context, written } = runContext();
      await runCli(['sample'], { ...context, table, isTTY, env });
      painted.push(written.stderr.includes('\u001b['));
    }
    expect(painted).toEqual([true, false, false, false]);
  });
});
