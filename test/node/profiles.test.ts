import { describe, expect, test } from 'vitest';
import { judgeMode } from '../../src/node/geth-rules/judge-mode.ts';
import { compareVersions } from '../../src/node/geth-version.ts';
import { parseNodeName } from '../../src/node/names.ts';
import { readProfile } from '../../src/node/read-profile.ts';
import { parseSize } from '../../src/node/size.ts';
import { PROFILES, readProfileFile } from '../profile-files.ts';
import { profileOf } from './make-node.ts';

const all = PROFILES.names().map((name) => readProfile(`${name}.yaml`, readProfileFile(name)));
const networks = all.filter((profile) => profile.kind === 'network');

test('the shipped networks and presets are these', () => {
  expect(networks.map(({ name }) => name)).toEqual(expect.arrayContaining(['dev', 'hoodi', 'mainnet', 'sepolia']));
  expect(all.length).toBeGreaterThan(networks.length);
});

test('a profile is named as its file', () => {
  expect(all.map(({ name }) => name)).toEqual(PROFILES.names());
});

test('no two networks share a chain', () => {
  const chains = networks.map(({ chainId }) => chainId);
  expect(new Set(chains).size).toBe(chains.length);
});

// Forks and their first versions: params/config.go of each tag; Amsterdam on hoodi was cancelled, only 1.17.9 has it.
test.each([
  ['mainnet', 1, '1.16.6', []],
  ['sepolia', 11_155_111, '1.17.6', []],
  ['hoodi', 560_048, '1.16.4', ['1.17.9']],
  ['dev', 1337, '1.12.1', []],
])('%s has its chain id, its fork floor and its refused versions', (name, chainId, minimum, refused) => {
  const { geth, chainId: found } = profileOf(name);
  expect({ found, minimum: geth.minimum, refused: geth.refused.map(({ version }) => version) }).toEqual({
    found: chainId,
    minimum,
    refused,
  });
});

test.each(networks.map((profile) => [profile.name, profile] as const))(
  '%s pins the one version that is promised',
  (_name, { geth, peers }) => {
    expect(geth.pinned).toBe(peers ? '1.17.10' : '1.17.8');
    expect(compareVersions(geth.pinned, geth.minimum)).toBeGreaterThanOrEqual(0);
    expect(geth.refused.map(({ version }) => version)).not.toContain(geth.pinned);
  },
);

describe.each(networks.map((profile) => [profile.name, profile] as const))('%s', (_name, profile) => {
  test('has a name that can name its node', () => {
    expect(parseNodeName(profile.name)).toBe(profile.name);
  });

  test('defaults to a sync mode it has, and its version can do every mode it lists', () => {
    expect(profile.syncmodes).toContain(profile.syncmode);
    for (const mode of profile.syncmodes) expect(judgeMode(mode, profile.geth.pinned, profile).mode).toBe(mode);
    expect(profile.syncmodes).toEqual(expect.arrayContaining(Object.keys(profile.needs.disk)));
  });

  test('needs no more at least than for comfort, and no more for comfort than it gets', () => {
    const { minimum, comfortable } = profile.needs.memory;
    const [least, good, given] = [minimum, comfortable, profile.memory].map((size) => parseSize(size, 'memory'));
    expect(least).toBeLessThanOrEqual(good ?? 0);
    expect(good).toBeLessThanOrEqual(given ?? 0);
  });

  test('has somebody to follow exactly when it has peers', () => {
    expect(profile.consensus).toBe(profile.peers ? 'required' : 'none');
  });
});

test.each(all.filter((profile) => profile.kind === 'preset').map((preset) => [preset.name, preset] as const))(
  'the preset %s says sizes that options would take',
  (_name, preset) => {
    for (const size of [preset.memory, preset.swap, preset.storage])
      if (size !== undefined) expect(parseSize(size, 'x')).toBeGreaterThan(0);
  },
);
