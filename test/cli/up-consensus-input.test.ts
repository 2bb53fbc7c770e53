import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pairWorld } from '../fakes/pair-world.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const SECRETS = ['alice', 'hunter2', 'pathkey123', 'querykey456'];
const WHOLE = 'https://alice:hunter2@rpc.example/pathkey123?key=querykey456';

/** Exit and error code of one `up`, which must make nothing and tell no secret. */
async function refused(...words: string[]): Promise<string> {
  const world = pairWorld();
  const { code, stdout, stderr } = await world.nodectl('up', '--memory', '16G', ...words, '--json');
  expect(stdout).toBe('');
  for (const secret of SECRETS) expect(stderr).not.toContain(secret);
  expect([world.engine.containers.size, world.engine.volumes.size]).toEqual([0, 0]);
  return `${code} ${JSON.parse(stderr).error.code}`;
}

describe('what cannot be said of consensus together is exit 2 before anything is made', () => {
  test.each([
    [['--consensus', 'geth']],
    [['--engine-url', 'http://127.0.0.1:8551']],
    [['--consensus', 'prysm', '--jwt-file', '/tmp/key']],
    [['--consensus', 'external', '--engine-url', 'https://127.0.0.1:8551', '--jwt-file', '/tmp/key']],
    [['--consensus', 'external', '--engine-url', 'http://alice:hunter2@127.0.0.1:8551', '--jwt-file', '/tmp/key']],
    [['--consensus', 'external', '--engine-url', 'http://engine.example:8551', '--jwt-file', '/tmp/key']],
    [['--consensus', 'external', '--engine-url', 'http://127.0.0.1:70000', '--jwt-file', '/tmp/key']],
    [['--consensus', 'external']],
    [['--consensus', 'external', '--jwt-file', '/nonexistent/key']],
    [['--consensus', 'none', '--checkpoint-url', WHOLE]],
    [['--consensus', 'prysm', '--beacon-api', WHOLE]],
    [['--consensus', 'builtin', '--beacon-api', WHOLE]],
    [['--consensus', 'lighthouse', '--checkpoint-url', WHOLE, '--force']],
    [['--consensus', 'prysm', '--checkpoint-url', `ftp://${WHOLE}`]],
    [['--execution-rpc', WHOLE, '--syncmode', 'snap']],
    [['--syncmode', 'light', '--consensus', 'prysm']],
  ])('%j', async (words) => {
    expect(await refused(...words)).toBe('2 USAGE');
  });

  test('a consensus client where geth makes its own blocks', async () => {
    expect(await refused('--network', 'dev', '--consensus', 'prysm')).toBe('2 UNSUPPORTED_OPTION');
  });

  test.each([
    ['a'.repeat(64), 0o644],
    ['a'.repeat(63), 0o600],
    ['g'.repeat(64), 0o600],
    ['', 0o600],
  ])('a key file with %j and mode %i', async (text, mode) => {
    const file = join(temporaryFolder(), 'jwt.hex');
    writeFileSync(file, text);
    chmodSync(file, mode);
    expect(await refused('--consensus', 'external', '--jwt-file', file)).toBe('2 USAGE');
  });
});

test('a client of one’s own gets the engine API at the address that is named, and the plan says what that exposes', async () => {
  const file = join(temporaryFolder(), 'jwt.hex');
  writeFileSync(file, `0x${'A'.repeat(64)}\n`, { mode: 0o600 });
  const world = pairWorld();
  const words = ['--consensus', 'external', '--engine-url', 'http://0.0.0.0:8600', '--jwt-file', file];
  const { code, stdout, stderr } = await world.nodectl('up', '--memory', '16G', ...words, '--json');
  expect([code, stderr]).toEqual([0, '']);
  expect(JSON.parse(stdout).notes.join(' ')).toContain('0.0.0.0:8600');
  const ports = world.engine.containers.get('nodectl-mainnet')?.spec.ports;
  expect(ports).toContainEqual({ hostIp: '0.0.0.0', hostPort: 8600, containerPort: 8551, protocol: 'tcp' });
  expect(world.engine.volumes.get('nodectl-mainnet.secret')?.files.get('jwt.hex')).toMatchObject({
    content: `${'a'.repeat(64)}\n`,
    mode: 0o600,
  });
  expect(JSON.parse((await world.nodectl('up', '--json')).stdout)).toMatchObject({ changed: false, steps: [] });
});
