import { describe, expect, test } from 'vitest';
import { refuseCheckpointAddress } from '../../../src/node/consensus/checkpoint-address.ts';
import { consensusClient } from '../../../src/node/consensus/client-table.ts';
import { CONSENSUS_CLIENTS, type ConsensusClientName } from '../../../src/node/consensus/consensus-spec.ts';
import { errorOf } from '../../error-code.ts';
import { SECRET_URL } from './client-request.ts';

const USER = 'https://user:pass@checkpoint.example';
const PATH = 'https://checkpoint.example/v1/key-0123';
const QUERY = 'http://checkpoint.example:8080/?token=abc';

const taken = (name: ConsensusClientName, address: string) => refuseCheckpointAddress(consensusClient(name), address);

test.each([
  ['lighthouse', [USER, PATH, QUERY, SECRET_URL]],
  ['grandine', [USER, PATH, QUERY, SECRET_URL]],
  ['prysm', [PATH, QUERY, SECRET_URL]],
] as const)('%s is refused what it would show or leave out, and nothing of it is repeated', (name, addresses) => {
  for (const address of addresses) {
    const error = errorOf(() => taken(name, address));
    expect(error).toMatchObject({ code: 'USAGE', exit: 2 });
    expect(`${error.message}${error.hint}${JSON.stringify(error.facts)}`).not.toMatch(/:pass|key-0123|token|user@/);
  }
});

describe('an address that its file holds is taken', () => {
  test.each(['nimbus', 'lodestar', 'teku'] as const)('by %s, whole', (name) => {
    for (const address of [USER, PATH, QUERY, SECRET_URL]) expect(() => taken(name, address)).not.toThrow();
  });

  test('by Prysm, with credentials', () => {
    expect(() => taken('prysm', USER)).not.toThrow();
  });
});

test.each(['https://checkpoint.example', 'https://checkpoint.example/', 'http://10.0.0.5:3500'])(
  '%s is taken by every client',
  (address) => {
    for (const name of CONSENSUS_CLIENTS) expect(() => taken(name, address)).not.toThrow();
  },
);
