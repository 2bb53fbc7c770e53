import { expect, test } from 'vitest';
import { chainNetworkName } from '../../src/node/names.ts';
import { chainSpec, privateNodes } from '../fakes/private-nodes.ts';

const NETWORK = chainNetworkName(chainSpec().custom?.private?.genesis ?? '');

test('the network of a chain stays while a stopped container of that chain is left, and goes with the last', async () => {
  const { add, nodectl, engine } = privateNodes();
  await add('one');
  await add('two');
  await engine.stopContainer('nodectl-one', 1);
  await nodectl('down', 'two');
  expect([...engine.networks.keys()]).toContain(NETWORK);
  await nodectl('down', 'one');
  expect([...engine.networks.keys()]).not.toContain(NETWORK);
});

test('nodes of other chains do not keep it', async () => {
  const { add, nodectl, engine } = privateNodes();
  await add('one');
  await add('two', chainSpec('d2'.repeat(32)));
  await nodectl('down', 'one');
  expect([...engine.networks.keys()]).not.toContain(NETWORK);
});
