import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requires } from '../require.ts';
import { validatesAgainst } from '../schema.ts';
import { nodectl } from './cli.ts';
import { belongings } from './engine-view.ts';

const able = await requires('docker', 'geth');
const NODE = 'tf-ci-page';
const folder = mkdtempSync(join(tmpdir(), 'nodectl-ci-'));
const page = readFileSync('docs/ci.md', 'utf8');
const script = join(folder, 'provision.sh');

/** Runs the script of the page as a CI runner would: no terminal, no HOME, no input, elsewhere than in the checkout. */
function provision(env: Readonly<Record<string, string>>) {
  const { PATH = '', DOCKER_HOST } = process.env;
  return spawnSync('bash', [script], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH, CI: 'true', NODECTL: resolve('bin/nodectl'), ...(DOCKER_HOST === undefined ? {} : { DOCKER_HOST }), ...env },
  });
}

describe.skipIf(!able)('the provisioning script of docs/ci.md', { timeout: 300_000 }, () => {
  beforeAll(async () => {
    writeFileSync(script, /```bash\n(#![\s\S]*?)```/.exec(page)?.[1] ?? 'exit 99');
    const image = await nodectl(['image', 'build', '--geth-version', '1.17.8']);
    expect(image.code, image.stderr).toBe(0);
  }, 600_000);
  afterAll(async () => {
    await nodectl(['down', NODE, '--volumes', '--yes']);
    rmSync(folder, { recursive: true });
  });

  it('brings a node up, has a transaction mined, reads a healthy state and leaves nothing behind', () => {
    const { status, stdout, stderr } = provision({ NAME: NODE });
    expect(stderr).not.toContain('"error"');
    expect([status, stdout.split('\n')]).toEqual([
      0,
      [
        expect.stringMatching(/^node: http:\/\/127\.0\.0\.1:\d+, geth 1\.17\.8$/),
        'transaction: block 1',
        'status: exit 0, at-head',
        expect.stringContaining('Blockchain stopped'),
        '',
      ],
    ]);
    expect(belongings(NODE)).toEqual({ containers: [], volumes: [] });
  });

  it('ends with the exit code of `up` and its error document when there is no node to be had', () => {
    const { status, stdout, stderr } = provision({ NAME: '../x' });
    expect([status, stdout]).toEqual([2, '']);
    const document = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
    validatesAgainst('error', document);
    expect(document.error.code).toBe('INVALID_NAME');
  });
});
