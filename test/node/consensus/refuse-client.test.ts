import { describe, expect, test } from 'vitest';
import { consensusClient } from '../../../src/node/consensus/client-table.ts';
import { CONSENSUS_CLIENTS } from '../../../src/node/consensus/consensus-spec.ts';
import { refuseLostNetwork, refuseSecretAddress, refuseSecretBeaconApi } from '../../../src/node/consensus/refuse-client.ts';
import { errorOf } from '../../error-code.ts';
import { ENGINE } from '../geth-rules/networks.ts';
import { MAINNET, profileOf } from '../make-node.ts';
import { SECRET_URL } from './client-request.ts';

describe('a version that a network has left behind', () => {
  const prysm = consensusClient('prysm');

  test('is refused there, with the version that is not', () => {
    const error = errorOf(() => refuseLostNetwork(prysm, '7.0.0', profileOf('sepolia')));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_OPTION', exit: 2 });
    expect(error.hint).toContain(prysm.image.version);
  });

  test.each([
    ['a newer version', '7.3.1', profileOf('sepolia')],
    ['another network', '7.0.0', MAINNET],
    ['a private network of that name', '7.0.0', { ...ENGINE, name: 'sepolia' }],
  ])('and not %s', (_what, version, network) => {
    expect(() => refuseLostNetwork(prysm, version, network)).not.toThrow();
  });
});

test('no client pins a version that a network has left behind', () => {
  for (const name of CONSENSUS_CLIENTS) {
    const client = consensusClient(name);
    for (const network of ['mainnet', 'sepolia', 'hoodi']) refuseLostNetwork(client, client.image.version, profileOf(network));
  }
});

const SECRETS = [
  SECRET_URL,
  'https://user@checkpoint.example',
  'https://checkpoint.example/v1/key',
  'http://checkpoint.example:8080/?key=1',
];

describe('an address that may hold a key', () => {
  test.each(['lighthouse', 'grandine'] as const)('is refused for %s, and not repeated', (name) => {
    for (const address of SECRETS) {
      const error = errorOf(() => refuseSecretAddress(consensusClient(name), address));
      expect(error.code).toBe('UNSUPPORTED_OPTION');
      expect(`${error.message}${error.hint}${JSON.stringify(error.facts)}`).not.toMatch(/:pass|key-0123|token|user@|v1\/key|key=1/);
    }
  });

  test("is refused for geth's own consensus", () => {
    for (const address of SECRETS) expect(errorOf(() => refuseSecretBeaconApi(address)).code).toBe('UNSUPPORTED_OPTION');
  });

  test.each(['nimbus', 'lodestar', 'prysm', 'teku'] as const)('is taken by %s, whose file holds it', (name) => {
    for (const address of SECRETS) expect(() => refuseSecretAddress(consensusClient(name), address)).not.toThrow();
  });
});

test.each(['https://checkpoint.example', 'https://checkpoint.example/', 'http://10.0.0.5:3500'])('%s is taken by everybody', (address) => {
  for (const name of CONSENSUS_CLIENTS) expect(() => refuseSecretAddress(consensusClient(name), address)).not.toThrow();
  expect(() => refuseSecretBeaconApi(address)).not.toThrow();
});
