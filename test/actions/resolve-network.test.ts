import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveNetwork } from '../../src/actions/resolve-network.ts';
import { KnownNetworkSchema } from '../../src/node/profile.ts';
import { errorOf } from '../error-code.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { cliqueGenesis, mergedGenesis } from '../genesis-files.ts';
import { beaconConfig, genesisState } from '../node/consensus/beacon-network.ts';
import { PROFILES } from '../profile-files.ts';

interface Files {
  readonly genesis?: string;
  readonly config?: string | undefined;
  readonly state?: Uint8Array;
}

/** A private profile with its files beside it; a configuration left undefined is not there. */
function profileWith(files: Files = {}): string {
  const { genesis, config, state } = { genesis: mergedGenesis({ chainId: 4711 }), config: beaconConfig(), state: genesisState(), ...files };
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'genesis.json'), genesis);
  if (config !== undefined) writeFileSync(join(folder, 'config.yaml'), config);
  writeFileSync(join(folder, 'genesis.ssz'), state);
  const path = join(folder, 'mine.yaml');
  writeFileSync(path, 'kind: private\nname: mine\ngenesis: genesis.json\nbeacon: { config: config.yaml, genesisState: genesis.ssz }\n');
  return path;
}

describe('a private network with a beacon chain', () => {
  test('is known with it, and its files are at hand', () => {
    const path = profileWith();
    const { profile, beacon } = resolveNetwork(path, PROFILES);
    expect(profile.private?.beacon).toMatchObject({
      slotSeconds: 3,
      config: beacon?.config.digest,
      genesisState: beacon?.genesisState.digest,
    });
    expect(beacon?.config.path).toBe(join(path, '..', 'config.yaml'));
    expect(KnownNetworkSchema.parse(profile)).toEqual(profile);
  });

  test('is another one when one of its files is another', () => {
    const beaconOf = (path: string) => resolveNetwork(path, PROFILES).profile.private?.beacon;
    const [before, after] = [beaconOf(profileWith()), beaconOf(profileWith({ config: `${beaconConfig()}# changed\n` }))];
    expect(after?.config).not.toBe(before?.config);
    expect(after?.genesisState).toBe(before?.genesisState);
  });

  test.each([
    ['whose configuration is none', { config: 'hello: world\n' }, 'INVALID_PROFILE'],
    ['whose configuration is missing', { config: undefined }, 'NO_SUCH_PROFILE'],
    ['whose genesis state is none', { state: new Uint8Array(3) }, 'INVALID_PROFILE'],
    ['whose blocks clique makes', { genesis: cliqueGenesis({ signers: [`0x${'a1'.repeat(20)}`] }) }, 'INVALID_PROFILE'],
  ])('%s is refused', (_what, files, code) => {
    const path = profileWith(files);
    expect(errorOf(() => resolveNetwork(path, PROFILES)).code).toBe(code);
  });
});

test('a network without one has no such files', () => {
  expect(resolveNetwork('mainnet', PROFILES).beacon).toBeUndefined();
});
