import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeImage } from '../fakes/fake-facts.ts';
import { upWorld } from '../fakes/up-world.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { validatesAgainst } from '../schema.ts';

/** The refusal of a command line, and what the engine was asked to change before it: nothing, or the test fails. */
async function refusal(words: readonly string[], world = upWorld()) {
  // In front, since what follows `--` is geth's.
  const [command = '', ...rest] = words;
  const { code, stdout, stderr } = await world.nodectl(command, '--json', ...rest);
  expect(stdout).toBe('');
  const document = JSON.parse(stderr);
  validatesAgainst('error', document);
  expect([world.engine.containers.size, world.engine.volumes.size]).toEqual([0, 0]);
  expect(document.error.hint).not.toBe('');
  expect(document.error.message.length).toBeLessThan(600);
  return `${code} ${document.error.code}`;
}

const dev = (...words: readonly string[]) => ['up', '--network', 'dev', ...words];

describe('up refuses, with one documented code and nothing left behind', () => {
  test.each<[readonly string[], string]>([
    [dev('--name', '../x'), '2 INVALID_NAME'],
    [dev('--name', 'x'.repeat(300)), '2 INVALID_NAME'],
    [dev('--name', 'b\u00f6se'), '2 INVALID_NAME'],
    [dev('--name=-x'), '2 INVALID_NAME'],
    [dev('--name', ''), '2 INVALID_NAME'],
    ...['-1', '2048', '2,5G', '2X', '', '1'.repeat(40)].map((size) => [dev(`--memory=${size}`), '2 INVALID_SIZE'] as [string[], string]),
    [dev('--swap=-1'), '2 INVALID_SIZE'],
    [dev('--storage', '20'), '2 INVALID_SIZE'],
    [dev('--memory', '0'), '2 IMPOSSIBLE_BUDGET'],
    [dev('--memory', '0', '--force'), '2 IMPOSSIBLE_BUDGET'],
    [dev('--memory', '100G'), '2 IMPOSSIBLE_BUDGET'],
    [dev('--memory', '100M'), '2 IMPOSSIBLE_BUDGET'],
    [['up', '--memory', '2G'], '2 IMPOSSIBLE_BUDGET'],
    ...['0', 'NaN', '-1', '', '1e1', 'two'].map((cpus) => [dev(`--cpus=${cpus}`), '2 INVALID_CPUS'] as [string[], string]),
    [dev('--cpus', '1000'), '2 IMPOSSIBLE_BUDGET'],
    [dev('--cpus', '1000', '--force'), '2 IMPOSSIBLE_BUDGET'],
    [['up', '--network', 'mainet'], '5 NO_SUCH_PROFILE'],
    [['up', '--network', '/nowhere/x.yaml'], '5 NO_SUCH_PROFILE'],
    [['up', '--network', ''], '2 USAGE'],
    [['up', '--network', 'small-vps'], '2 INVALID_PROFILE'],
    [dev('--preset', 'mainnet'), '2 INVALID_PROFILE'],
    [dev('--preset', 'smal-vps'), '5 NO_SUCH_PROFILE'],
    [dev('--syncmode', 'warp'), '2 USAGE'],
    [dev('--syncmode', 'light'), '2 UNSUPPORTED_MODE'],
    [dev('--syncmode', 'snap'), '2 UNSUPPORTED_MODE'],
    [dev('--geth-version', 'latest'), '2 INVALID_VERSION'],
    [dev('--geth-version', '1.12.0'), '2 UNSUPPORTED_VERSION'],
    [['up', '--network', 'hoodi', '--memory', '8G', '--geth-version', '1.17.9'], '2 UNSUPPORTED_VERSION'],
    [dev('--geth-version', '1.17.8', '--image', 'x/y:v1'), '2 USAGE'],
    [dev('--image', 'nobody/x:v1'), '5 NO_SUCH_IMAGE'],
    [dev('--port', '0'), '2 USAGE'],
    [dev('--port', '65535'), '2 USAGE'],
    [dev('--port', '8545x'), '2 USAGE'],
    [dev('--timeout', '5'), '2 USAGE'],
    [dev('--wait', 'done'), '2 USAGE'],
    [dev('--memroy', '2G'), '2 USAGE'],
    [dev('--', '--datadir', '/x'), '2 USAGE'],
    [dev('--', '--http.api', 'admin'), '2 USAGE'],
  ])('%j', async (words, answer) => {
    expect(await refusal(words)).toBe(answer);
  });

  test('an image that is not geth, and one of another architecture', async () => {
    const odd = (facts: object) => {
      const world = upWorld();
      world.engine.images.push(fakeImage('odd/image:v1', facts));
      return refusal(dev('--image', 'odd/image:v1'), world);
    };
    expect(await odd({ entrypoint: ['nginx'] })).toBe('4 IMAGE_NOT_GETH');
    expect(await odd({ architecture: 'arm64' })).toBe('4 IMAGE_WRONG_ARCHITECTURE');
    expect(await odd({})).toBe('4 IMAGE_NOT_GETH');
  });

  test('a profile file with a typo', async () => {
    const path = join(temporaryFolder(), 'mine.yaml');
    writeFileSync(path, 'kind: netwrok\n');
    expect(await refusal(['up', '--network', path])).toBe('2 INVALID_PROFILE');
  });
});
