import { describe, expect, test } from 'vitest';
import { consensusClient } from '../../../src/node/consensus/client-table.ts';
import { CONSENSUS_CLIENTS } from '../../../src/node/consensus/consensus-spec.ts';
import { refuseLostNetwork } from '../../../src/node/consensus/lost-network.ts';
import { errorOf } from '../../error-code.ts';
import { ENGINE } from '../geth-rules/networks.ts';
import { MAINNET, profileOf } from '../make-node.ts';

describe('a version that a network has left behind', () => {
  const prysm = consensusClient('prysm');
  const BUILT = prysm.build?.reference ?? '';

  test('is refused there, with the version that is not', () => {
    const error = errorOf(() => refuseLostNetwork(prysm, BUILT, profileOf('sepolia')));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_OPTION', exit: 2 });
    expect(error.hint).toContain(prysm.image.version);
  });

  test.each([
    ['on another network', MAINNET],
    ['on a private network of that name', { ...ENGINE, name: 'sepolia' }],
  ])('is let be %s', (_where, network) => {
    expect(() => refuseLostNetwork(prysm, BUILT, network)).not.toThrow();
  });
});

test.each(CONSENSUS_CLIENTS)('the pinned version of %s follows every public network', (name) => {
  const client = consensusClient(name);
  for (const network of ['mainnet', 'sepolia', 'hoodi']) {
    refuseLostNetwork(client, `${client.image.repository}:${client.image.tag}`, profileOf(network));
  }
});
