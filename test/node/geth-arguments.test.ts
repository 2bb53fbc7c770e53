import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gethCommand } from '../../src/node/geth-arguments.ts';
import { memorySettings } from '../../src/node/geth-rules/memory-rules.ts';
import type { NetworkProfile } from '../../src/node/profile.ts';
import { GIB, MIB } from '../../src/node/size.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import { CLIQUE, ETHASH } from './geth-rules/networks.ts';
import { DEV, MAINNET, makeSpec, profileOf } from './make-node.ts';

const HOODI = profileOf('hoodi');
const PRIVATE = `--networkid ${CLIQUE.chainId} --config /data/nodectl/peers.toml --port 30303`;
const p2p = (port: number) => ({ http: 8545, ws: 8546, p2p: port });

const RPC = [
  ...'--http --http.addr 0.0.0.0 --http.port 8545 --http.api eth,net,web3,txpool'.split(' '),
  ...'--ws --ws.addr 0.0.0.0 --ws.port 8546 --ws.api eth,net,web3,txpool'.split(' '),
];

const ETHERBASE = `0x${'ab'.repeat(20)}`;
const ENODE = (n: number) => `enode://${String(n).repeat(128)}@10.0.0.${n}:30303`;

const PUBLISHED: NetworkProfile = {
  ...CLIQUE,
  peers: true,
  private: { genesis: 'd1'.repeat(32), seal: 'clique', period: 1, bootnodes: [ENODE(1), ENODE(2)], staticPeers: [], beacon: null },
};

/** One line per case: what geth is told between its folder and its limits, and after its RPC. */
describe('geth is started with exactly these words', () => {
  test('dev on 1.17.8 in 1 GiB', () => {
    const kept = '--state.scheme hash --db.engine leveldb'.split(' ');
    const own = '--cache 128 --memorylimit 593 --datadir.minfreedisk 512'.split(' ');
    expect(gethCommand(makeSpec({ scheme: 'hash' }), DEV)).toEqual({
      args: ['--dev', '--datadir', '/data', '--gcmode', 'archive', ...kept, ...own, ...RPC],
      env: {},
    });
  });

  test('a dev node of an earlier nodectl, whose scheme nobody knows, with words of the user after ours', () => {
    const { args } = gethCommand(makeSpec({ scheme: null, extra: ['--dev.period', '2'] }), DEV);
    expect(args.slice(0, 4)).toEqual(['--dev', '--datadir', '/data', '--cache']);
    expect(args.slice(-2)).toEqual(['--dev.period', '2']);
  });

  test.each<[string, Partial<NodeSpec>, NetworkProfile, string, string]>([
    [
      'mainnet',
      { geth: '1.17.10', mode: 'snap', history: 'postprague', ports: p2p(30_304) },
      MAINNET,
      '--mainnet --datadir /data --syncmode snap --history.chain postprague --state.scheme path',
      '--port 30304',
    ],
    [
      'an archive by path, which keeps every state only when told',
      { geth: '1.16.9', mode: 'archive', ports: p2p(30_303) },
      HOODI,
      '--hoodi --datadir /data --syncmode full --gcmode archive --state.scheme path --history.state 0',
      '--port 30303',
    ],
    [
      'an archive by hash',
      { geth: '1.16.9', mode: 'archive', scheme: 'hash', ports: p2p(30_303) },
      HOODI,
      '--hoodi --datadir /data --syncmode full --gcmode archive --state.scheme hash',
      '--port 30303',
    ],
    [
      'a clique node',
      { geth: '1.13.15', scheme: 'hash' },
      CLIQUE,
      '--datadir /data --syncmode full --gcmode archive --state.scheme hash --db.engine leveldb',
      `${PRIVATE} --nodiscover --nat none`,
    ],
    [
      'a clique sealer',
      { geth: '1.10.26', scheme: 'hash', mining: { etherbase: ETHERBASE } },
      CLIQUE,
      '--datadir /data --syncmode full --gcmode archive',
      `${PRIVATE} --nodiscover --nat none --mine --miner.etherbase ${ETHERBASE} --unlock ${ETHERBASE} --password /data/nodectl/sealer-password --allow-insecure-unlock`,
    ],
    [
      'an ethash miner',
      { geth: '1.11.6', scheme: 'hash', mining: { etherbase: ETHERBASE } },
      ETHASH,
      '--datadir /data --syncmode full --gcmode archive --db.engine leveldb',
      `${PRIVATE} --nodiscover --nat none --mine --miner.etherbase ${ETHERBASE} --miner.threads 1 --ethash.dagdir /data/geth/ethash-dag`,
    ],
    [
      'a light server',
      { geth: '1.12.0', scheme: 'hash', lightPeers: 10 },
      CLIQUE,
      '--datadir /data --syncmode full --gcmode archive --db.engine leveldb',
      `${PRIVATE} --nodiscover --nat none --light.serve 100 --light.maxpeers 10`,
    ],
    [
      'a light client',
      { geth: '1.10.8', mode: 'light', scheme: 'hash' },
      CLIQUE,
      '--datadir /data --syncmode light',
      `${PRIVATE} --nodiscover --nat none`,
    ],
    [
      'fast, where geth knows it',
      { geth: '1.9.25', mode: 'fast', scheme: 'hash' },
      CLIQUE,
      '--datadir /data --syncmode fast',
      `${PRIVATE} --nodiscover --nat none`,
    ],
    [
      'a published node with bootnodes',
      { geth: '1.13.15', mode: 'snap', ports: p2p(30_400) },
      PUBLISHED,
      '--datadir /data --syncmode snap --state.scheme path',
      `${PRIVATE.replace('30303', '30400')} --bootnodes ${ENODE(1)},${ENODE(2)}`,
    ],
  ])('%s', (_what, over, network, first, last) => {
    const { args } = gethCommand(makeSpec({ ...over, chainId: network.chainId }), network);
    expect(args.slice(0, args.indexOf('--cache')).join(' ')).toBe(first);
    expect(args.slice(args.indexOf('--ws.api') + 2).join(' ')).toBe(last);
  });

  test('what is not the network’s: limits and RPC', () => {
    const spec = makeSpec({ network: 'mainnet', mode: 'snap', geth: '1.17.10', memory: 16 * GIB, ports: p2p(30_304) });
    const limits = '--cache 2048 --memorylimit 9502 --datadir.minfreedisk 2048'.split(' ');
    const { args, env } = gethCommand(spec, MAINNET);
    expect(args.slice(args.indexOf('--cache'), -2)).toEqual([...limits, ...RPC]);
    expect(env).toEqual({});
    expect(gethCommand({ ...spec, geth: '1.16.9', memory: 8 * GIB }, MAINNET).env).toEqual({ GOMEMLIMIT: '4751MiB' });
  });
});

describe('geth’s share of its memory limit', () => {
  test.each([
    ['1.17.4', 'GOMEMLIMIT'],
    ['1.17.5', '--memorylimit'],
    ['1.17.10', '--memorylimit'],
    ['1.12.1', 'GOMEMLIMIT'],
  ])('is told to %s by %s', (version, how) => {
    expect(memorySettings(version, GIB).heapBy).toBe(how);
  });

  test('leaves what is outside the heap two fifths, for every limit and version', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 1024 * 1024 }), fc.constantFrom('1.12.1', '1.17.4', '1.17.5'), (mib, version) => {
        const { cacheMib, heapMib } = memorySettings(version, mib * MIB);
        expect(Number.isInteger(cacheMib) && Number.isInteger(heapMib)).toBe(true);
        // 0.59 of the limit was measured to live, 0.68 not.
        expect(heapMib).toBeLessThanOrEqual(0.59 * mib);
        expect(cacheMib).toBeLessThanOrEqual(Math.max(16, mib / 8));
        expect(cacheMib).toBeGreaterThanOrEqual(16);
        expect(cacheMib).toBeLessThanOrEqual(4096);
      }),
    );
  });
});
