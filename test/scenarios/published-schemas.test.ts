import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { findEntry } from '../../src/cli/find-entry.ts';
import { requires } from '../require.ts';
import { validatesAgainst } from '../schema.ts';
import { nodectl } from './cli.ts';
import { ENGINE_SOCKET } from './engine-view.ts';

const able = await requires('docker', 'geth');
const NODE = 'tf-schemas';
const COPY = 'tf-schemas-2';
const folder = mkdtempSync(join(tmpdir(), 'nodectl-schemas-'));
const PASSWORD = join(folder, 'password');
const ARCHIVE = join(folder, 'node.tar.zst');

/** Runs a program where the engine's settings are complete, so that there is nothing to change in the machine's own. */
const SETTINGS = JSON.stringify({ 'log-driver': 'json-file', 'log-opts': { 'max-size': '10m', 'max-file': '3' }, 'shutdown-timeout': 330 });
const SETTLED = [
  'unshare',
  '-m',
  'sh',
  '-c',
  `mount -t tmpfs none /etc/docker && echo '${SETTINGS}' >/etc/docker/daemon.json && exec "$0" "$@"`,
];

/** One node's life, in order: every command at least once. */
const LIFE: readonly (readonly string[])[] = [
  ['version'],
  ['completion', 'bash'],
  ['profiles', 'ls'],
  ['profiles', 'show', 'small-vps'],
  ['profiles', 'check', 'dev'],
  ['host', 'docker', 'install'],
  ['host', 'swap', 'show'],
  ['host', 'swap', 'add', '--size', '64M', '--path', '/var/tmp/nodectl-no-swap', '--dry-run'],
  ['host', 'swap', 'remove', '--path', '/var/tmp/nodectl-no-swap'],
  ['host', 'swappiness'],
  ['image', 'build', '--geth-version', '1.17.8'],
  ['plan', '--name', NODE, '--network', 'dev', '--port', 'auto'],
  ['up', '--name', NODE, '--network', 'dev', '--port', 'auto', '--storage', '1G'],
  ['up', '--name', NODE, '--cpus', '0.5'],
  ['ls'],
  ['status', NODE],
  ['wait', NODE, '--for', 'rpc'],
  ['watch', NODE, '--until', 'rpc'],
  ['verbosity', NODE, 'debug'],
  ['diagnose', NODE],
  ['logs', NODE, '--tail', '3'],
  ['console', NODE, '--exec', 'eth.blockNumber'],
  ['exec', NODE, '--', 'geth', 'version'],
  ['inspect', NODE],
  ['account', 'new', NODE, '--password-file', PASSWORD],
  ['account', 'list', NODE],
  ['doctor', 'docker.reach', 'stop.timeout'],
  ['storage', 'show', NODE],
  ['prune', NODE],
  ['resync', NODE, '--yes'],
  ['restart', NODE],
  ['stop', NODE],
  ['status', NODE],
  ['start', NODE],
  ['export', ARCHIVE, NODE, '--stop'],
  ['import', ARCHIVE, '--name', COPY],
  ['down', COPY, '--volumes', '--yes'],
  ['storage', 'migrate', NODE, '--to', 'volume'],
  ['down', NODE],
  ['down', NODE, '--volumes', '--yes'],
];
/** Installing is nothing to do only where the machine's own engine is the one in use. */
const POSSIBLE = LIFE.filter(([first]) => first !== 'host' || ENGINE_SOCKET === '/var/run/docker.sock');
const REFUSED: readonly (readonly [number, readonly string[]])[] = [
  [2, ['up', '--name', NODE, '--network', 'dev', '--cpus', '1000']],
  [2, ['down', NODE, '--volume']],
  [5, ['peers', 'ls', NODE]],
  [5, ['peers', 'add', NODE, 'tf-nobody']],
  [5, ['peers', 'remove', NODE, 'tf-nobody']],
  [5, ['status', 'tf-nobody']],
  [5, ['storage', 'grow', '2G', 'tf-nobody']],
];

describe('the list of commands', () => {
  it('leaves none out', () => {
    const called = new Set([...LIFE, ...REFUSED.map(([, words]) => words)].map((words) => findEntry(words, COMMANDS)?.name));
    expect(COMMANDS.map(({ name }) => name).filter((name) => !called.has(name))).toEqual([]);
  });
});

describe.skipIf(!able)('--json on a real node', { timeout: 120_000 }, () => {
  const away = async () => {
    for (const node of [NODE, COPY]) await nodectl(['down', node, '--volumes', '--yes']);
  };
  beforeAll(async () => {
    writeFileSync(PASSWORD, 'secret\n', { mode: 0o600 });
    await away();
  }, 60_000);
  afterAll(async () => {
    await away();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(POSSIBLE.map((words) => [words.join(' '), words] as const))(
    '%s prints what its schema says',
    { timeout: 600_000 },
    async (_, words) => {
      // What follows -- is another program's.
      const end = words.includes('--') ? words.indexOf('--') : words.length;
      const ran = await nodectl(words.toSpliced(end, 0, '--json'), words[1] === 'docker' ? { through: SETTLED } : {});
      expect([0, 3], ran.stderr).toContain(ran.code);
      const entry = findEntry(words, COMMANDS);
      const streams = (await entry?.load())?.stream !== undefined;
      const documents = streams ? ran.stdout.trimEnd().split('\n') : [ran.stdout];
      for (const document of documents) validatesAgainst(entry?.name ?? '', JSON.parse(document));
    },
  );

  it.each(REFUSED.map(([code, words]) => [words.join(' '), code, words] as const))(
    '%s ends with an error document',
    async (_, code, words) => {
      const ran = await nodectl([...words, '--json']);
      expect([ran.code, ran.stdout]).toEqual([code, '']);
      validatesAgainst('error', JSON.parse(ran.stderr.trimEnd().split('\n').at(-1) ?? ''));
    },
  );
});
