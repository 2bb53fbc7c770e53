import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { requires } from '../require.ts';
import { nodectl } from './cli.ts';
import { belongings } from './engine-view.ts';

const able = await requires('docker');
const NODE = 'ts-bad';
const folder = mkdtempSync(join(tmpdir(), 'nodectl-bad-'));

const file = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const typo = file('typo.yaml', 'kind: network\nname: typo\nsyncmod: snap\n');
const gigantic = file('gigantic.yaml', `# ${'x'.repeat(100_000)}\n`);
const nested = file('nested.yaml', `a: ${'['.repeat(20_000)}`);

/** What is typed after `up --name ts-bad`, the exit code and the error's code. */
const UP_ROWS: readonly [string, readonly string[], number, string][] = [
  ['an unknown network', ['--network', 'sepolla'], 5, 'NO_SUCH_PROFILE'],
  ['an empty network', ['--network', ''], 2, 'USAGE'],
  ['a preset as network', ['--network', 'small-vps'], 2, 'INVALID_PROFILE'],
  ['a profile with a typo', ['--network', typo], 2, 'INVALID_PROFILE'],
  ['a gigantic profile', ['--network', gigantic], 2, 'INVALID_PROFILE'],
  ['a profile nested without end', ['--network', nested], 2, 'INVALID_PROFILE'],
  ['a profile that is a folder', ['--network', `${folder}/`], 2, 'INVALID_PROFILE'],
  ['an unknown mode', ['--network', 'dev', '--syncmode', 'warp'], 2, 'USAGE'],
  [
    'a light client of a public network by geth',
    ['--network', 'mainnet', '--syncmode', 'light', '--geth-version', '1.17.8'],
    2,
    'UNSUPPORTED_OPTION',
  ],
  ['snap on dev', ['--network', 'dev', '--syncmode', 'snap'], 2, 'UNSUPPORTED_MODE'],
  ['a version that is none', ['--network', 'dev', '--geth-version', 'latest'], 2, 'INVALID_VERSION'],
  ['a version below the floor', ['--network', 'sepolia', '--geth-version', '1.16.9'], 2, 'UNSUPPORTED_VERSION'],
  ['a refused version', ['--network', 'hoodi', '--geth-version', '1.17.9'], 2, 'UNSUPPORTED_VERSION'],
  ['image and version together', ['--image', 'x:v1', '--geth-version', '1.17.8'], 2, 'USAGE'],
  ['mainnet in 2 GB', ['--network', 'mainnet', '--memory', '2G'], 2, 'IMPOSSIBLE_BUDGET'],
  ['more CPUs than there are', ['--network', 'dev', '--cpus', '1000'], 2, 'IMPOSSIBLE_BUDGET'],
  ['more CPUs than there are, forced', ['--network', 'dev', '--cpus', '1000', '--force'], 2, 'IMPOSSIBLE_BUDGET'],
  ['memory above RAM and swap', ['--network', 'dev', '--memory', '900T'], 2, 'IMPOSSIBLE_BUDGET'],
  ['no memory', ['--network', 'dev', '--memory', '0'], 2, 'IMPOSSIBLE_BUDGET'],
  ['no CPU', ['--network', 'dev', '--cpus', '0'], 2, 'INVALID_CPUS'],
  ['CPUs that are no number', ['--network', 'dev', '--cpus', 'NaN'], 2, 'INVALID_CPUS'],
  ...['-1', '2048', '2,5G', '2X', '', '9'.repeat(40), '１G', '1G;rm'].map((size): [string, readonly string[], number, string] => [
    `memory ${size.slice(0, 12)}`,
    ['--network', 'dev', `--memory=${size}`],
    2,
    'INVALID_SIZE',
  ]),
  ['port 0', ['--network', 'dev', '--port', '0'], 2, 'USAGE'],
  ['port 65535, which leaves none for WebSocket', ['--network', 'dev', '--port', '65535'], 2, 'USAGE'],
  ['a geth flag that nodectl owns', ['--network', 'dev', '--', '--datadir', '/tmp'], 2, 'USAGE'],
  ['admin over HTTP', ['--network', 'dev', '--', '--http.api=eth,admin'], 2, 'USAGE'],
  ['an unknown option', ['--network', 'dev', '--memroy', '1G'], 2, 'USAGE'],
  ['a moving tag', ['--network', 'dev', '--image', 'ethereum/client-go:latest'], 2, 'USAGE'],
];

const NAME_ROWS = ['../x', 'x'.repeat(300), 'nœud', '-x', '', 'a.b', 'A', 'x y', '$(id)'];

async function refusal(
  words: readonly string[],
): Promise<{ readonly exit: number | null; readonly error: string; readonly stdout: string }> {
  const { code, stdout, stderr } = await nodectl([...words]);
  const document = JSON.parse(stderr.trim().split('\n').at(-1) ?? '{}') as { error?: { code: string } };
  return { exit: code, error: document.error?.code ?? 'none', stdout };
}

describe.skipIf(!able)('bad input', { timeout: 60_000 }, () => {
  afterAll(() => {
    rmSync(folder, { recursive: true });
    expect(belongings(NODE)).toEqual({ containers: [], volumes: [] });
  });

  it.each(UP_ROWS)('is refused by `up`: %s', async (_what, words, exit, error) => {
    expect(await refusal(['up', '--json', '--name', NODE, ...words])).toEqual({ exit, error, stdout: '' });
  });

  it.each(NAME_ROWS)('is refused as a name: %s', async (name) => {
    expect(await refusal(['up', '--json', '--network', 'dev', `--name=${name}`])).toMatchObject({ exit: 2, error: 'INVALID_NAME' });
    expect(await refusal(['status', '--json', '--', name])).toMatchObject({ exit: 2, error: 'INVALID_NAME' });
  });

  it('is refused in a dry run as `up` would', async () => {
    expect(await refusal(['plan', '--json', '--network', 'mainnet', '--memory', '2G'])).toMatchObject({
      exit: 2,
      error: 'IMPOSSIBLE_BUDGET',
    });
  });

  it.each([['stop'], ['start'], ['restart'], ['status'], ['logs'], ['down']])(
    'is exit 5 for `%s` of a node that does not exist',
    async (command) => {
      expect(await refusal([command, NODE, '--json'])).toMatchObject({ exit: 5, error: 'NO_SUCH_NODE' });
    },
  );

  it('without a terminal never asks: removing a volume needs --yes', async () => {
    const { stderr } = await nodectl(['down', NODE, '--volumes', '--json']);
    expect(stderr).toContain('NO_SUCH_NODE');
  });
});
