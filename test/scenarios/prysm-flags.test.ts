import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { prysm } from '../../src/node/consensus/clients/prysm.ts';
import { PRIVATE, PUBLIC } from '../node/consensus/client-request.ts';
import { prysmBinaries } from '../prysm-binaries.ts';
import { requires } from '../require.ts';

const able = await requires('prysm');
const FIRST_BUILD = 20 * 60_000;

/** Names of options, without dashes: of words, and of the lines of a configuration file. */
function options(words: readonly string[], file: string): readonly string[] {
  const flags = words.filter((word) => word.startsWith('--')).map((word) => word.slice(2).replace(/=.*$/, ''));
  const keys = file.split('\n').flatMap((line) => /^([a-z-]+):/.exec(line)?.[1] ?? []);
  return [...flags, ...keys];
}

describe.skipIf(!able)('a real Prysm', () => {
  let known: ReadonlySet<string>;

  beforeAll(async () => {
    const { beaconChain } = await prysmBinaries();
    const help = execFileSync(beaconChain, ['--help'], { encoding: 'utf8' });
    known = new Set([...help.matchAll(/^ +--([a-z0-9-]+)/gm)].map((match) => match[1] ?? ''));
  }, FIRST_BUILD);

  it('names many options in its help, and none that it does not have', () => {
    expect(known.size).toBeGreaterThan(100);
    expect(known.has('checkpoint-sync')).toBe(false);
  });

  it.each([
    ['on mainnet', PUBLIC],
    ['on Sepolia', { ...PUBLIC, network: 'sepolia' }],
    ['on Hoodi', { ...PUBLIC, network: 'hoodi' }],
    ['on a private network', PRIVATE],
    ['alone on a private network', { ...PRIVATE, bootnodes: [], staticPeers: [] }],
  ])('has every option that it is given %s', (_where, request) => {
    const { args } = prysm.command(request);
    const given = options(args, String(prysm.configFile?.(request).content));
    expect(given.length).toBeGreaterThan(10);
    expect(given.filter((option) => !known.has(option))).toEqual([]);
  });
});
