import { describe, expect, test } from 'vitest';
import { lightConfig, readNetworkConfig } from '../../../src/node/consensus/network-config.ts';
import { errorOf } from '../../error-code.ts';
import { beaconConfig } from './beacon-network.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => readNetworkConfig('config.yaml', bytes(text));
const refused = (text: string) => errorOf(() => read(text));

test('a configuration is read: its times, and the forks that come, in their order', () => {
  expect(read(beaconConfig())).toEqual({
    slotSeconds: 3,
    epochSlots: 8,
    committeeEpochs: 1024,
    chainId: 4711,
    forks: [
      { name: 'GENESIS', epoch: 0, version: '0x10000001' },
      { name: 'ALTAIR', epoch: 0, version: '0x20000001' },
      { name: 'ELECTRA', epoch: 0, version: '0x60000001' },
    ],
  });
});

describe('what a configuration does not say', () => {
  const without = (over: Record<string, string | undefined>) =>
    read(
      beaconConfig({
        ...{
          SECONDS_PER_SLOT: undefined,
          SLOTS_PER_EPOCH: undefined,
          EPOCHS_PER_SYNC_COMMITTEE_PERIOD: undefined,
          DEPOSIT_CHAIN_ID: undefined,
        },
        ...over,
      }),
    );

  test.each([
    ['mainnet', '"mainnet"', { slotSeconds: 12, epochSlots: 32, committeeEpochs: 256 }],
    ['minimal', 'minimal', { slotSeconds: 6, epochSlots: 8, committeeEpochs: 8 }],
    ['mainnet where it names none', undefined, { slotSeconds: 12, epochSlots: 32, committeeEpochs: 256 }],
  ])('is as its preset says: %s', (_what, preset, times) => {
    expect(without({ PRESET_BASE: preset })).toMatchObject({ ...times, chainId: undefined });
  });

  test('is taken from the newer name of a slot', () => {
    expect(without({ SLOT_DURATION_MS: '6000' }).slotSeconds).toBe(6);
  });
});

test('a fork is found by its epoch, whatever the order, quotes and comments of the file', () => {
  const text = beaconConfig({
    ELECTRA_FORK_EPOCH: '"20"  # later',
    FULU_FORK_EPOCH: "'10'",
    DENEB_FORK_EPOCH: '5',
    DENEB_FORK_VERSION: "'0x5000000F'",
  });
  expect(read(text.replaceAll('\n', '\r\n')).forks.map(({ name, epoch }) => [name, epoch])).toEqual([
    ['GENESIS', 0],
    ['ALTAIR', 0],
    ['DENEB', 5],
    ['FULU', 10],
    ['ELECTRA', 20],
  ]);
  expect(read(text).forks[2]?.version).toBe('0x5000000f');
});

test("geth's light consensus is given the forks alone, and none that never comes", () => {
  expect(lightConfig(read(beaconConfig()))).toBe(
    [
      'GENESIS_FORK_VERSION: 0x10000001',
      'ALTAIR_FORK_VERSION: 0x20000001',
      'ALTAIR_FORK_EPOCH: 0',
      'ELECTRA_FORK_VERSION: 0x60000001',
      'ELECTRA_FORK_EPOCH: 0',
      '',
    ].join('\n'),
  );
});

describe('what is no configuration of a beacon chain is INVALID_PROFILE, with the file', () => {
  test.each([
    ['nothing', ''],
    ['a page of HTML', '<!doctype html>\n<html><body>Not found</body></html>'],
    ["geth's genesis", '{ "config": { "chainId": 4711 } }'],
    ['another YAML', 'kind: private\nname: office\n'],
    ['one without a first version', beaconConfig({ GENESIS_FORK_VERSION: undefined })],
  ])('%s', (_what, text) => {
    expect(refused(text)).toMatchObject({ code: 'INVALID_PROFILE', facts: { file: 'config.yaml' } });
  });

  test('bytes that are no text, and a gigantic text', () => {
    expect(errorOf(() => readNetworkConfig('config.yaml', new Uint8Array([0x4b, 0xff, 0xfe]))).code).toBe('INVALID_PROFILE');
    expect(refused('# '.padEnd(300_000, 'x')).code).toBe('INVALID_PROFILE');
  });
});

describe('a value that cannot be is INVALID_PROFILE, with its line', () => {
  test.each([
    ['a preset nobody has', { PRESET_BASE: 'huge' }, 3],
    ['an epoch in words', { ALTAIR_FORK_EPOCH: 'soon' }, 7],
    ['an epoch below 0', { ALTAIR_FORK_EPOCH: '-1' }, 7],
    ['an epoch that no number holds', { ALTAIR_FORK_EPOCH: '18446744073709551614' }, 7],
    ['an epoch left out', { ALTAIR_FORK_EPOCH: '' }, 7],
    ['a version that is too short', { ALTAIR_FORK_VERSION: '0x2001' }, 6],
    ['a fork without its version', { ALTAIR_FORK_VERSION: undefined }, 7],
    ['a first version that is a number', { GENESIS_FORK_VERSION: '16' }, 5],
    ['slots of no time', { SECONDS_PER_SLOT: '0' }, 12],
    ['slots of half a second', { SECONDS_PER_SLOT: '0.5' }, 12],
    ['a chain id in hex', { DEPOSIT_CHAIN_ID: '0x1267' }, 15],
  ])('%s', (_what, over, line) => {
    const error = refused(beaconConfig(over));
    expect(error.code).toBe('INVALID_PROFILE');
    expect(error.message).toContain(`config.yaml, line ${line}:`);
  });

  test('a name said twice', () => {
    const error = refused(`${beaconConfig()}SECONDS_PER_SLOT: 12\n`);
    expect(error.message).toMatch(/line 19: .*SECONDS_PER_SLOT/);
  });
});
