import { expect, test } from 'vitest';
import { upWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';

const UP = ['up', '--network', 'dev', '--memory', '1G'];

test('storage show tells of a node as data that fits the published schema', async () => {
  const { nodectl } = upWorld();
  await nodectl(...UP);
  const { code, stdout } = await nodectl('storage', 'show', '--json');
  const document = JSON.parse(stdout);
  validatesAgainst('storage show', document);
  expect([code, document.node, document.volume.name]).toEqual([0, 'dev', 'nodectl-dev']);
});

test('storage show of what a down left tells its volumes', async () => {
  const { nodectl } = upWorld();
  await nodectl(...UP);
  await nodectl('down', 'dev');
  const { code, stdout } = await nodectl('storage', 'show', 'dev', '--json');
  const document = JSON.parse(stdout);
  validatesAgainst('storage show', document);
  expect([code, document.mode, document.volume.limit]).toEqual([0, null, null]);
});

test.each<[number, string, readonly string[]]>([
  [2, 'INVALID_NAME', ['storage', 'show', '../etc']],
  [5, 'NO_SUCH_NODE', ['storage', 'show']],
  [5, 'NO_SUCH_NODE', ['storage', 'show', 'nobody']],
  [2, 'USAGE', ['storage', 'show', 'a', 'b']],
  [2, 'USAGE', ['storage', 'show', '--dry-run']],
])('with %i %s is refused: %j', async (code, error, words) => {
  const ran = await upWorld().nodectl(...words, '--json');
  expect([ran.code, JSON.parse(ran.stderr).error.code]).toEqual([code, error]);
});
