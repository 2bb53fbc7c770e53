import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { requires } from '../require.ts';
import { validatesAgainst } from '../schema.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { engineGet } from './engine-view.ts';
import { nodectlAtTerminal } from './pty.ts';

const able = await requires('docker', 'geth', 'script');
const NODE = 'ts-console';
const [CTRL_C, CTRL_D, UP, ENTER] = ['\u0003', '\u0004', '\u001b[A', '\r'];

/** How many programs run in the container. */
const running = () => engineGet<{ Processes: readonly string[][] }>(`/containers/nodectl-${NODE}/top`).Processes.length;
const startedAt = () => engineGet<{ State: { StartedAt: string } }>(`/containers/nodectl-${NODE}/json`).State.StartedAt;

describe.skipIf(!able)('the console of a node, and programs beside it', { timeout: 120_000 }, () => {
  const down = () => nodectl(['down', NODE, '--volumes', '--yes']);
  let begun = '';

  beforeAll(async () => {
    await down();
    await nodectlJson<UpReport>(['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--memory', '512M', '--swap', '0']);
    begun = startedAt();
  }, 600_000);
  afterAll(down, 60_000);

  const openConsole = async () => {
    const console = nodectlAtTerminal(['console', NODE]);
    await console.see('> ');
    return console;
  };

  it('edits lines, recalls them, and is ended by Ctrl-D alone', async () => {
    const console = await openConsole();
    console.type(`40 + 2${ENTER}`);
    await console.see('42');
    await console.see('> ');
    console.type(`${UP}${UP.replace('A', 'D')}${'\u007f'}3${ENTER}`);
    // The line before, with its last but one character replaced: 40 +32.
    await console.see('72');
    await console.see('> ');
    console.type(`no such thing (${CTRL_C}`);
    await console.see('> ');
    console.type(`function three() {${ENTER}`);
    await console.see('... ');
    console.type(CTRL_C);
    await console.see('> ');
    console.type(`while (true) {}${ENTER}`);
    // A key that comes before the loop has begun belongs to the line editor.
    const interrupted = () => {
      console.type(CTRL_C);
      return console.shown();
    };
    await expect.poll(interrupted, { timeout: 20_000, interval: 300 }).toContain('interrupted');
    await console.see('interrupted');
    await console.see('> ');
    console.type(`'still ' + 'here'${ENTER}`);
    await console.see('still here');
    await console.see('> ');
    console.type(CTRL_D);
    const { code, before, after } = await console.ended();
    expect(code).toBe(0);
    expect(after).toBe(before);
    expect([startedAt(), running()]).toEqual([begun, 1]);
  });

  it('keeps its history in the volume, for nobody else to read', async () => {
    const console = await openConsole();
    console.type(`${UP}${ENTER}`);
    await console.see('still here');
    await console.see('> ');
    console.type(CTRL_D);
    await console.ended();
    const { Mounts } = engineGet<{ Mounts: readonly { Destination: string; Source: string }[] }>(`/containers/nodectl-${NODE}/json`);
    const volume = Mounts.find(({ Destination }) => Destination === '/data')?.Source;
    expect(execFileSync('stat', ['-c', '%a %u', `${volume}/history`], { encoding: 'utf8' })).toBe('600 1000\n');
  });

  it('follows the size of the terminal', async () => {
    const console = await openConsole();
    await console.resize(30, 10);
    // A line editor that knows of 30 columns shows the end of a longer line only.
    console.type(`'${'a'.repeat(40)}END'`);
    await console.see('END');
    console.type(CTRL_C);
    await console.see('> ');
    console.type(CTRL_D);
    expect((await console.ended()).code).toBe(0);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('gives the terminal back and leaves nothing in the container when it gets %s', async (signal) => {
    const console = await openConsole();
    await expect.poll(running).toBe(2);
    console.type('half a line');
    await console.see('half a line');
    process.kill(console.pid(), signal);
    const { code, before, after } = await console.ended();
    expect(code).toBe(130);
    expect(after).toBe(before);
    await expect.poll(running, { timeout: 10_000 }).toBe(1);
    expect(startedAt()).toBe(begun);
  });

  it('evaluates one expression, as geth prints it or as JSON', async () => {
    expect(await nodectl(['console', NODE, '--exec', '[eth.blockNumber, "é"]'])).toMatchObject({ code: 0, stdout: '[0, "é"]\n' });
    const report = await nodectlJson(['console', NODE, '--exec', 'var n = eth.blockNumber; ({ n: n, é: undefined })']);
    validatesAgainst('console', report);
    expect(report).toEqual({ result: { n: 0 } });
    expect(await nodectlJson(['console', NODE, '--exec', 'undefined'])).toEqual({ result: null });
    const refused = await nodectl(['console', NODE, '--exec', 'nobody.knows', '--json']);
    expect([refused.code, JSON.parse(refused.stderr)]).toMatchObject([4, { error: { code: 'GETH_REFUSED' } }]);
  });

  it('reads expressions from standard input where there is no terminal', async () => {
    const { code, stdout } = await nodectl(['console', NODE], { input: 'eth.blockNumber + 41 + 1\n"ä"\n' });
    expect(code).toBe(0);
    expect(stdout).toContain('42');
    expect(stdout).toContain('"ä"');
  });

  it('runs a program in the container and passes on what it prints and how it ends', async () => {
    const version = await nodectl(['exec', NODE, '--', 'geth', 'version']);
    expect(version).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Geth\nVersion: /), stderr: '' });
    const wrong = await nodectl(['exec', NODE, '--', 'geth', '--no-such-flag']);
    expect(wrong.code).toBe(1);
    expect([126, 127]).toContain((await nodectl(['exec', NODE, '--', '/no/such/program'])).code);
    const document = await nodectl(['exec', NODE, '--json', '--', 'geth', 'version']);
    validatesAgainst('exec', JSON.parse(document.stdout));
    expect(JSON.parse(document.stdout)).toMatchObject({ exitCode: 0, stdout: version.stdout });
  });

  it('gives a program a terminal when it is asked to, and Ctrl-C goes to the program', async () => {
    const attach = nodectlAtTerminal(['exec', NODE, '-t', '--', 'geth', 'attach', '--datadir', '/data', '/data/geth.ipc']);
    await attach.see('> ');
    // Of the keys that geth edits lines with nothing is held here: on an engine before 23 it may not know the size of its terminal.
    attach.type(`6 * 7${ENTER}`);
    await attach.see('42');
    await attach.see('> ');
    attach.type(`while (true) {}${ENTER}`);
    const interrupted = () => {
      attach.type(CTRL_C);
      return attach.shown();
    };
    await expect.poll(interrupted, { timeout: 20_000, interval: 300 }).toMatch(/interrupt/);
    attach.type(CTRL_D);
    const { code, before, after } = await attach.ended();
    expect([code, after]).toEqual([0, before]);
    await expect.poll(running).toBe(1);
    expect(startedAt()).toBe(begun);
  });

  it('tells that the node ended under it, and then that it is not running', async () => {
    const console = await openConsole();
    await nodectl(['stop', NODE]);
    const { code, before, after } = await console.ended();
    expect([code, after]).toEqual([7, before]);
    expect(JSON.parse((await nodectl(['console', NODE, '--exec', '1', '--json'])).stderr)).toMatchObject({
      error: { code: 'NODE_NOT_RUNNING' },
    });
    expect((await nodectl(['exec', NODE, '--', 'geth', 'version'])).code).toBe(4);
  });
});
