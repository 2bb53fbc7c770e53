import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHELLS } from '../../src/cli/completion/shells.ts';
import { requires } from '../require.ts';
import { nodectl } from './cli.ts';
import { ENGINE_SOCKET, engineVolume } from './engine-view.ts';
import { SET_UP, TypedShell } from './typed-shell.ts';

const docker = await requires('docker');
const IMAGE = 'nodectl-test-empty:1';
const SPEC = JSON.stringify({ network: 'hoodi', mode: 'snap' });
const HOSTILE = '$(touch pwned)';

/** Containers that are never started: their names and labels are all that is asked for. */
const NODES = ['tt-compl-one', 'tt-compl-other', HOSTILE].map((node, index) => [node, `tt-compl-${index}`] as const);
const VOLUME = 'tt-compl-left';

const post = (path: string, body: string, ...more: string[]) =>
  execFileSync(
    'curl',
    ['-sS', '--fail', '--unix-socket', ENGINE_SOCKET, '-X', 'POST', '--data-binary', '@-', ...more, `http://engine${path}`],
    {
      input: body,
    },
  );
const remove = (path: string) => spawnSync('curl', ['-s', '--unix-socket', ENGINE_SOCKET, '-X', 'DELETE', `http://engine${path}`]);
const json = ['-H', 'content-type: application/json'];

function clearAway(): void {
  for (const [, name] of NODES) remove(`/containers/${name}?force=1`);
  remove(`/volumes/${VOLUME}`);
  remove(`/images/${IMAGE}`);
}

const able = Object.fromEntries(await Promise.all(SHELLS.map(async (shell) => [shell, await requires(shell)] as const)));
const shell = new TypedShell();
const there = SHELLS.filter((name) => able[name]);

afterAll(() => shell.dispose());

describe.each(SHELLS)('in a real %s', (name) => {
  const tab = (line: string, ...more: readonly string[]) => shell.tab(name, line, [...SET_UP.read[name], ...more]);

  it.skipIf(!able[name])(
    'completes commands, options and their values to words that the shell takes',
    async () => {
      expect((await tab('nodectl stat')).words).toEqual(['status']);
      expect((await tab('nodectl host swap s')).words).toEqual(['host', 'swap', 'show']);
      expect((await tab('nodectl down --vol')).words).toEqual(['down', '--volumes']);
      expect((await tab('nodectl up --network hoo')).words).toEqual(['up', '--network', 'hoodi']);
      expect((await tab('nodectl up --network=hoo')).words).toEqual(['up', '--network=hoodi']);
      expect((await tab('nodectl up --preset ')).words).toEqual(['up', '--preset', 'small-vps']);
      expect((await tab('nodectl wait x --for pee\t3')).words).toEqual(['wait', 'x', '--for', 'peers=3']);
      expect((await tab('nodectl up --geth-version 1.9')).words).toEqual(['up', '--geth-version', '1.9.25']);
    },
    60_000,
  );

  it.skipIf(!able[name])(
    'completes words in quotes, after a folder of its own, and for an alias',
    async () => {
      expect((await tab("nodectl up --network 'hoo")).words.at(-1)).toBe('hoodi');
      expect((await tab('nodectl up --network="hoo')).words.at(-1)).toBe('--network=hoodi');
      const alias = ['alias n=nodectl', ...(name === 'bash' ? ['complete -F _nodectl n'] : [])];
      expect((await tab('n stat', ...alias)).words).toEqual(['status']);
    },
    60_000,
  );

  it.skipIf(!able[name])(
    'completes files where a file may stand, and nowhere else',
    async () => {
      writeFileSync(join(shell.home, 'genesis-file one.json'), '{}');
      expect((await tab('nodectl up --network ./gene')).words.at(-1)).toBe('./genesis-file one.json');
      expect((await tab('nodectl up --network=./gene')).words.at(-1)).toBe('--network=./genesis-file one.json');
      expect((await tab('nodectl up --jwt-file gene')).words.at(-1)).toBe('genesis-file one.json');
      expect((await tab('nodectl status gene')).words.at(-1)).toBe('gene');
      expect((await tab('nodectl up --memory gene')).words.at(-1)).toBe('gene');
    },
    60_000,
  );

  it.skipIf(!able[name])(
    'lists what there is to choose from, described where the shell can',
    async () => {
      const { screen, words } = await tab('nodectl up --network ');
      for (const network of ['mainnet', 'sepolia', 'hoodi', 'dev']) expect(screen).toContain(network);
      expect(screen.includes('Hoodi testnet')).toBe(name !== 'bash');
      expect(words).toEqual(['up', '--network']);
    },
    60_000,
  );

  it.skipIf(!able[name])(
    'is found where the shell looks by itself, and may be read again',
    async () => {
      expect((await shell.tab(name, 'nodectl stat', SET_UP.kept[name])).words).toEqual(['status']);
      expect((await tab('nodectl stat', ...SET_UP.read[name])).words).toEqual(['status']);
    },
    120_000,
  );

  it.skipIf(!able[name])(
    'runs nothing of what is typed',
    async () => {
      await shell.tabAlone(name, 'nodectl down "$(touch typed)" ; nodectl status (touch typed) $(touch typed) --time');
      await shell.tabAlone(name, 'nodectl `touch typed` --for=$(touch typed) ');
      expect(existsSync(join(shell.home, 'typed'))).toBe(false);
    },
    120_000,
  );
});

describe.skipIf(!docker)('node names of a real engine', () => {
  beforeAll(() => {
    clearAway();
    post(`/images/create?fromSrc=-&repo=${IMAGE.split(':')[0]}&tag=1`, '\0'.repeat(1024), '-H', 'content-type: application/x-tar');
    for (const [node, name] of NODES) {
      const labels = { 'nodectl.node': node, 'nodectl.role': 'execution', 'nodectl.spec': SPEC };
      post(`/containers/create?name=${name}`, JSON.stringify({ Image: IMAGE, Cmd: ['x'], Labels: labels }), ...json);
    }
    engineVolume(VOLUME, { 'nodectl.node': VOLUME, 'nodectl.network': 'sepolia' });
  });
  afterAll(clearAway);

  it.each(there)(
    'are completed in %s',
    async (name) => {
      expect((await shell.tab(name, 'nodectl status tt-compl-on')).words).toEqual(['status', 'tt-compl-one']);
      expect((await shell.tab(name, 'nodectl down tt-compl-l')).words).toEqual(['down', VOLUME]);
      expect((await shell.tab(name, 'nodectl stop tt-compl-on')).words).toEqual(['stop', 'tt-compl-on']);
      expect((await shell.tab(name, 'nodectl up --name=tt-compl-ot')).words).toEqual(['up', '--name=tt-compl-other']);
      const { screen, words } = await shell.tab(name, 'nodectl status tt-compl-');
      for (const end of ['compl-one', 'compl-other']) expect(screen).toContain(end);
      expect(screen.includes('hoodi, snap, created')).toBe(name !== 'bash');
      expect(words).toEqual(['status', 'tt-compl-o']);
    },
    60_000,
  );

  it.each(there)(
    'that a stranger made hostile are not shown in %s',
    async (name) => {
      expect((await shell.tab(name, 'nodectl status ')).screen).not.toContain('pwned');
      expect(existsSync(join(shell.home, 'pwned'))).toBe(false);
    },
    60_000,
  );
});

describe('where no engine answers', () => {
  let server: Server;
  const socket = join(shell.home, 'still.sock');
  beforeAll(() => {
    server = createServer(() => {});
    return new Promise<void>((listening) => server.listen(socket, listening));
  });
  afterAll(() => server.close());

  it.each([
    ['nobody is there', () => `unix://${shell.home}/absent.sock`],
    ['it keeps still', () => `unix://${socket}`],
    ['its address is none', () => 'nonsense://x'],
  ])('because %s, says nothing, is soon over, and knows the rest', async (_why, host) => {
    const ask = (...words: string[]) =>
      nodectl(['__complete', 'fish', '--', ...words], { env: { DOCKER_HOST: host(), NODECTL_DEBUG: '1' } });
    const begun = performance.now();
    expect(await ask('status', '')).toEqual({
      code: 0,
      stdout: 'words \n--timeout\thow long to wait for answers (default: 2s)\n--json\tprint one JSON document\n--help\tshow help\n',
      stderr: '',
    });
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect((await ask('up', '--preset', '')).stdout).toContain('small-vps');
  });

  it('prints nothing for a shell that it does not know', async () => {
    expect(await nodectl(['__complete', 'tcsh', '--', ''])).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});
