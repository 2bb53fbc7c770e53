import { describe, expect, test } from 'vitest';
import { CONSENSUS_CHOICES, CONSENSUS_CLIENTS, type ConsensusSpec } from '../../../src/node/consensus/consensus-spec.ts';
import { consensusWords, judgeConsensus } from '../../../src/node/geth-rules/consensus-rules.ts';
import { hasFlag } from '../../../src/node/geth-rules/flag-versions.ts';
import type { PrivateChain } from '../../../src/node/private-chain.ts';
import type { NetworkProfile } from '../../../src/node/profile.ts';
import { errorOf } from '../../error-code.ts';
import { DEV, MAINNET, makeSpec, profileOf } from '../make-node.ts';
import { CLIQUE, ENGINE, ETHASH } from './networks.ts';

type Beacon = NonNullable<PrivateChain['beacon']>;

const BEACON: Beacon = {
  config: 'c0',
  genesisState: '9e',
  bootnodes: [],
  staticPeers: [],
  genesisTime: 1_790_000_000,
  validatorsRoot: `0x${'ab'.repeat(32)}`,
  ...{ slotSeconds: 3, epochSlots: 8, committeeEpochs: 1024 },
  forks: [
    { name: 'GENESIS', epoch: 0 },
    { name: 'ELECTRA', epoch: 0 },
  ],
};

/** A private network whose profile names its beacon chain. */
function staked(over: Partial<Beacon> = {}): NetworkProfile {
  const chain = ENGINE.private;
  if (chain === undefined) throw new Error('ENGINE is no private network');
  return { ...ENGINE, name: 'staked', private: { ...chain, beacon: { ...BEACON, ...over } } };
}

const CLIENT: ConsensusSpec = {
  kind: 'client',
  client: 'nimbus',
  image: { ref: 'x:v1', id: '', digest: null, origin: 'pulled' },
  ...{ memory: 1, swap: 0, cpus: 0.5 },
  ports: { rest: 5052, p2p: 9000 },
  checkpoints: [],
  networkConfig: null,
};
const BUILTIN: ConsensusSpec = { kind: 'builtin', beaconApis: ['https://one.example', 'https://two.example:8443'] };
const EXTERNAL: ConsensusSpec = { kind: 'external', engine: { hostIp: '127.0.0.1', port: 8551 } };
const words = (consensus: ConsensusSpec | null, profile = MAINNET) => consensusWords(makeSpec({ consensus }), 'home', profile).join(' ');

describe('geth is told', () => {
  const engine = (hosts: string) =>
    `--authrpc.addr 0.0.0.0 --authrpc.port 8551 --authrpc.vhosts ${hosts} --authrpc.jwtsecret /secret/jwt.hex`;

  test('nothing, where nobody tells it its head', () => {
    expect(words(null)).toBe('');
  });

  test('to open its engine API to the client beside it by name', () => {
    expect(words(CLIENT)).toBe(engine('nodectl-home'));
  });

  test('to open it to clients of the host too, where somebody else runs one', () => {
    expect(words(EXTERNAL)).toBe(engine('nodectl-home,localhost'));
  });

  test('whom to ask and where its checkpoint is, where it follows by itself', () => {
    expect(words(BUILTIN)).toBe(
      '--beacon.api https://one.example --beacon.api https://two.example:8443 --beacon.checkpoint.file /data/nodectl/beacon-checkpoint',
    );
  });

  test('what a private beacon chain is', () => {
    const chain = `--beacon.config /data/nodectl/beacon-config.yml --beacon.genesis.gvroot 0x${'ab'.repeat(32)} --beacon.genesis.time 1790000000`;
    const common = '--beacon.api https://one.example --beacon.api https://two.example:8443';
    const checkpoint = '--beacon.checkpoint.file /data/nodectl/beacon-checkpoint';
    expect(words(BUILTIN, staked())).toBe(`${common} ${chain} ${checkpoint} --beacon.nofilter`);
    expect(words(BUILTIN, staked({ slotSeconds: 12 }))).toBe(`${common} ${chain} ${checkpoint}`);
  });

  test('only flags that every version has which is allowed them', () => {
    const flags = (text: string) => text.split(' ').filter((word) => word.startsWith('--'));
    for (const flag of flags(words(EXTERNAL))) expect(hasFlag(flag.slice(2), '1.10.17')).toBe(true);
    for (const flag of flags(words(BUILTIN, staked()))) expect(hasFlag(flag.slice(2), '1.15.8')).toBe(true);
  });
});

describe('a choice that works is let be', () => {
  test.each([
    ['mainnet', MAINNET, '1.17.10', CONSENSUS_CHOICES],
    ['sepolia', profileOf('sepolia'), '1.17.10', CONSENSUS_CHOICES],
    ['sepolia', profileOf('sepolia'), '1.17.9', ['builtin']],
    ['sepolia', profileOf('sepolia'), '1.17.6', CONSENSUS_CLIENTS],
    ['hoodi', profileOf('hoodi'), '1.17.8', CONSENSUS_CHOICES],
    ['mainnet', MAINNET, '1.17.0', ['builtin']],
    ['mainnet', MAINNET, '1.16.6', [...CONSENSUS_CLIENTS, 'external', 'none']],
    ['a staked chain', staked(), '1.17.8', CONSENSUS_CHOICES],
    ['a staked chain, older geth', staked(), '1.17.0', ['builtin', 'prysm']],
    ['a staked chain, old geth', staked(), '1.15.8', ['prysm']],
    ['a staked chain before Electra', staked({ forks: [{ name: 'DENEB', epoch: 0 }] }), '1.15.8', ['builtin']],
    ['a staked chain in Fulu', staked({ forks: [...BEACON.forks, { name: 'FULU', epoch: 0 }] }), '1.17.0', ['builtin']],
    ['a merged chain without files', ENGINE, '1.17.8', ['external', 'none']],
    ['dev', DEV, '1.17.8', ['none']],
    ['a clique chain', CLIQUE, '1.13.15', ['none']],
  ] as const)('%s', (_what, network, version, choices) => {
    for (const choice of choices) judgeConsensus(choice, version, network);
  });
});

describe('a choice that cannot be is UNSUPPORTED_OPTION with the nearest that works', () => {
  const forked = (name: string, epoch = 0, over: Partial<Beacon> = {}) => staked({ forks: [...BEACON.forks, { name, epoch }], ...over });
  test.each([
    ['any client', 'prysm', '1.17.8', DEV, 'Leave --consensus out'],
    ['somebody else', 'external', '1.17.8', DEV, 'Leave --consensus out'],
    ['itself', 'builtin', '1.17.8', DEV, 'Leave --consensus out'],
    ['any client', 'nimbus', '1.13.15', CLIQUE, 'Leave --consensus out'],
    ['any client', 'nimbus', '1.11.6', ETHASH, 'Leave --consensus out'],
    ['a client of a chain without files', 'prysm', '1.17.8', ENGINE, '`beacon`'],
    ['itself on a chain without files', 'builtin', '1.17.8', ENGINE, '`beacon`'],
    ['a client of a geth without an engine API', 'prysm', '1.10.16', staked(), '--geth-version 1.17.8'],
    ['itself before it could', 'builtin', '1.13.15', staked(), '--geth-version 1.17.0'],
    ['itself before it could', 'builtin', '1.13.15', staked({ forks: [] }), '--geth-version 1.15.8'],
    ['itself before it could', 'builtin', '1.13.15', profileOf('sepolia'), '--geth-version 1.17.9'],
    ['itself without a checkpoint file', 'builtin', '1.15.7', staked({ forks: [] }), '--geth-version 1.15.8'],
    ['itself on a chain in Electra', 'builtin', '1.16.9', staked(), '--geth-version 1.17.0'],
    ['itself on mainnet before Fulu', 'builtin', '1.16.9', MAINNET, '--geth-version 1.17.0'],
    ['itself on Sepolia before Gloas', 'builtin', '1.17.8', profileOf('sepolia'), '--geth-version 1.17.9'],
    ['itself on Hoodi with a wrong genesis', 'builtin', '1.17.7', profileOf('hoodi'), '--geth-version 1.17.8'],
    ['itself on a network it does not know', 'builtin', '1.17.8', { ...MAINNET, name: 'elsewhere' }, '--consensus nimbus'],
    ['itself on a chain in Fulu', 'builtin', '1.16.9', forked('FULU'), '--geth-version 1.17.0'],
    ['itself on a chain before Gloas', 'builtin', '1.17.8', forked('GLOAS', 100), '--geth-version 1.17.9'],
    ['itself on a chain with a fork of tomorrow', 'builtin', '1.17.10', forked('HEZE', 100), '--consensus nimbus'],
    ['itself where committees serve another time', 'builtin', '1.17.8', staked({ committeeEpochs: 256 }), '--consensus nimbus'],
    ['itself where epochs are shorter and a fork comes', 'builtin', '1.17.8', forked('FULU', 10), '--consensus nimbus'],
  ] as const)('%s', (_what, choice, version, network, hint) => {
    const error = errorOf(() => judgeConsensus(choice, version, network));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_OPTION', exit: 2 });
    expect(error.hint).toContain(hint);
  });
});
