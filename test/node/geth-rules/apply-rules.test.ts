import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NodectlError } from '../../../src/errors.ts';
import { gethCommand } from '../../../src/node/geth-arguments.ts';
import { applyRules, type RuleRequest } from '../../../src/node/geth-rules/apply-rules.ts';
import { defaultVersion } from '../../../src/node/geth-rules/default-version.ts';
import { hasFlag } from '../../../src/node/geth-rules/flag-versions.ts';
import { NEWEST_KNOWN } from '../../../src/node/geth-rules/known-versions.ts';
import { wordOf, wordsOf } from '../../../src/node/geth-rules/sync-mode-words.ts';
import { HISTORY_RANGES } from '../../../src/node/history-ranges.ts';
import { STATE_SCHEMES } from '../../../src/node/state-schemes.ts';
import { SYNC_MODES } from '../../../src/node/sync-modes.ts';
import { errorOf } from '../../error-code.ts';
import { DEV, MAINNET, makeSpec, profileOf } from '../make-node.ts';
import { CLIQUE, ENGINE, ETHASH } from './networks.ts';

const ETHERBASE = `0x${'ab'.repeat(20)}`;
const NETWORKS = [MAINNET, profileOf('sepolia'), profileOf('hoodi'), DEV, CLIQUE, ETHASH, ENGINE];

function ask(over: Partial<RuleRequest>): RuleRequest {
  const network = over.network ?? CLIQUE;
  return {
    version: network.geth.pinned,
    network,
    mode: 'full',
    history: 'all',
    scheme: null,
    mine: false,
    etherbase: undefined,
    lightPeers: 0,
    ...over,
  };
}

describe('what is refused, with its code and the nearest thing that works', () => {
  test.each<[string, Partial<RuleRequest>, string, string]>([
    ['a geth older than every proof', { version: '1.9.24' }, 'UNSUPPORTED_VERSION', '1.13.15'],
    ['a geth older than the network’s forks', { network: MAINNET, version: '1.16.5' }, 'UNSUPPORTED_VERSION', MAINNET.geth.pinned],
    ['a version that leaves the chain', { network: profileOf('hoodi'), version: '1.17.9' }, 'UNSUPPORTED_VERSION', '1.17.10'],
    ['clique by a geth after the Merge', { version: '1.14.0' }, 'UNSUPPORTED_VERSION', '1.13.15'],
    ['proof of work by a geth without it', { network: ETHASH, version: '1.12.0' }, 'UNSUPPORTED_VERSION', '1.11.6'],
    ['a merged chain by a geth too old for it', { network: ENGINE, version: '1.13.15' }, 'UNSUPPORTED_VERSION', '1.17.8'],
    ['mining a public network', { network: MAINNET, mine: true, etherbase: ETHERBASE }, 'UNSUPPORTED_OPTION', '--mine'],
    [
      'mining where a consensus client makes the blocks',
      { network: ENGINE, mine: true, etherbase: ETHERBASE },
      'UNSUPPORTED_OPTION',
      '--mine',
    ],
    [
      'mining as a light client',
      { version: '1.12.0', mode: 'light', mine: true, etherbase: ETHERBASE },
      'UNSUPPORTED_OPTION',
      '--syncmode full',
    ],
    ['an etherbase on dev', { network: DEV, etherbase: ETHERBASE }, 'UNSUPPORTED_OPTION', '--etherbase'],
    ['mining for nobody', { mine: true }, 'USAGE', '--etherbase'],
    ['an etherbase without mining', { etherbase: ETHERBASE }, 'USAGE', '--mine'],
    ['light clients on a public network', { network: MAINNET, lightPeers: 5 }, 'UNSUPPORTED_OPTION', '--light-peers'],
    ['light clients on a merged chain', { network: ENGINE, lightPeers: 5 }, 'UNSUPPORTED_OPTION', '--light-peers'],
    ['light clients by a geth without them', { version: '1.12.1', lightPeers: 5 }, 'UNSUPPORTED_OPTION', '1.12.0'],
    ['light clients of a light client', { version: '1.12.0', mode: 'light', lightPeers: 5 }, 'UNSUPPORTED_OPTION', '--syncmode full'],
    ['a history range of a private chain', { history: 'postmerge' }, 'UNSUPPORTED_OPTION', '--history all'],
    ['a history range of dev', { network: DEV, history: 'postprague' }, 'UNSUPPORTED_OPTION', '--history all'],
    ['a range the network does not have', { network: profileOf('hoodi'), history: 'postmerge' }, 'UNSUPPORTED_OPTION', 'postprague'],
    ['a range the version does not have', { network: MAINNET, version: '1.17.6', history: 'postosaka' }, 'UNSUPPORTED_OPTION', '1.17.7'],
    ['an archive without its beginning', { network: MAINNET, mode: 'archive', history: 'postmerge' }, 'UNSUPPORTED_OPTION', '--history'],
    [
      'an archive on a chain kept by path, by a geth that cannot',
      { network: DEV, version: '1.15.11', mode: 'archive', scheme: 'path' },
      'UNSUPPORTED_MODE',
      '1.16.0',
    ],
  ])('%s', (_what, over, code, instead) => {
    const error = errorOf(() => applyRules(ask(over)));
    expect(error).toMatchObject({ code, exit: 2 });
    expect(error.hint).toContain(instead);
  });
});

describe('what is decided', () => {
  test.each<[string, Partial<RuleRequest>, object]>([
    ['a sealer', { mine: true, etherbase: ETHERBASE }, { mining: { etherbase: ETHERBASE }, scheme: 'hash' }],
    [
      'a miner',
      { network: ETHASH, mine: true, etherbase: ETHERBASE },
      { mining: { etherbase: ETHERBASE }, notes: [expect.stringContaining('1 GiB')] },
    ],
    ['a light server', { version: '1.12.0', lightPeers: 10 }, { lightPeers: 10 }],
    ['a light client', { version: '1.12.0', mode: 'light' }, { mode: 'light', scheme: 'hash' }],
    ['mining on dev, which it does anyhow', { network: DEV, mine: true }, { mining: null, notes: [expect.any(String)] }],
    ['a short history', { network: MAINNET, mode: 'snap', history: 'postosaka' }, { history: 'postosaka', scheme: 'path', notes: [] }],
    ['fast, by its new name', { network: MAINNET, mode: 'fast' }, { mode: 'snap', notes: [expect.stringContaining('snap')] }],
    ['an archive while only hash has one', { network: DEV, version: '1.15.11', mode: 'archive' }, { scheme: 'hash' }],
    ['an archive by path', { network: profileOf('hoodi'), version: '1.16.9', mode: 'archive' }, { scheme: 'path' }],
    ['a chain of one’s own, kept safely', { network: DEV, version: '1.17.8' }, { scheme: 'hash' }],
    ['a node that fetches its chain', { network: ENGINE, mode: 'snap' }, { scheme: 'path' }],
    ['a chain that was begun otherwise', { network: DEV, scheme: 'path' }, { scheme: 'path' }],
    ['a version before schemes', { version: '1.9.25' }, { scheme: 'hash' }],
    ['a version newer than the tables', { network: DEV, version: '1.18.0' }, { notes: [expect.stringContaining(NEWEST_KNOWN)] }],
  ])('%s', (_what, over, decision) => {
    expect(applyRules(ask(over))).toMatchObject(decision);
  });
});

describe('the version when none is asked', () => {
  test.each([
    [MAINNET, undefined, undefined, MAINNET.geth.pinned],
    [MAINNET, 'light', undefined, MAINNET.geth.pinned],
    [CLIQUE, undefined, undefined, '1.13.15'],
    [CLIQUE, 'light', undefined, '1.12.0'],
    [CLIQUE, undefined, 5, '1.12.0'],
    [CLIQUE, undefined, 0, '1.13.15'],
    [ETHASH, 'light', undefined, '1.11.6'],
    [ENGINE, 'light', undefined, '1.17.8'],
  ] as const)('%o %s %s', (network, mode, lightPeers, version) => {
    expect(defaultVersion(network, { mode, lightPeers })).toBe(version);
  });
});

const version = fc
  .record({ minor: fc.integer({ min: 9, max: 18 }), patch: fc.integer({ min: 0, max: 26 }) })
  .map(({ minor, patch }) => (minor === 9 ? '1.9.25' : `1.${minor}.${minor === 10 ? patch : patch % 16}`));
/** Mostly plain requests, so that most of what is drawn can run. */
const seldom = <T>(usual: T, others: readonly T[]) =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) });
const plain = fc.record({
  version,
  network: fc.constantFrom(...NETWORKS),
  mode: fc.constantFrom(...SYNC_MODES),
  history: seldom('all', HISTORY_RANGES),
  scheme: seldom(null, STATE_SCHEMES),
  lightPeers: seldom(0, [10]),
});
const blocks = seldom<Pick<RuleRequest, 'mine' | 'etherbase'>>({ mine: false, etherbase: undefined }, [
  { mine: true, etherbase: ETHERBASE },
  { mine: true, etherbase: undefined },
  { mine: false, etherbase: ETHERBASE },
]);
const request: fc.Arbitrary<RuleRequest> = fc.tuple(plain, blocks).map(([rest, made]) => ({ ...rest, ...made }));

/** The words of a decision, or the error it was refused with. */
function wordsFor(asked: RuleRequest): { args: readonly string[]; mode: string } | NodectlError {
  try {
    const { notes: _, ...decided } = applyRules(asked);
    const { name, chainId, private: chain } = asked.network;
    const ports = { http: 8545, ws: 8546, p2p: asked.network.peers ? 30_303 : null };
    const spec = makeSpec({
      ...decided,
      network: name,
      chainId,
      geth: asked.version,
      ports,
      custom: chain === undefined ? null : asked.network,
    });
    return { args: gethCommand(spec, asked.network).args, mode: decided.mode };
  } catch (error) {
    if (error instanceof NodectlError) return error;
    throw error;
  }
}

test('whatever is asked, geth gets only flags and words that its version has, or the answer is exit 2', () => {
  let [refused, ran] = [0, 0];
  fc.assert(
    fc.property(request, (asked) => {
      const outcome = wordsFor(asked);
      if (outcome instanceof NodectlError) {
        refused++;
        expect(outcome.exit).toBe(2);
        return;
      }
      ran++;
      const flags = outcome.args.filter((word) => word.startsWith('--')).map((word) => word.slice(2));
      expect(flags.filter((flag) => !hasFlag(flag, asked.version))).toEqual([]);
      expect(new Set(flags).size).toBe(flags.length);
      const told = outcome.args[outcome.args.indexOf('--syncmode') + 1];
      if (outcome.args.includes('--syncmode')) expect(wordsOf(asked.version)).toContain(told);
    }),
    { numRuns: 4000 },
  );
  // A generator that only finds refusals, or none, would prove nothing.
  expect(Math.min(refused, ran)).toBeGreaterThan(100);
});

test.each(NETWORKS.map((network) => [network.name, network] as const))(
  '%s: every mode its profile lists runs by its pinned version',
  (_name, network) => {
    for (const mode of network.syncmodes.filter((name) => name !== 'light')) {
      const decided = applyRules(ask({ network, mode }));
      expect(wordsOf(network.geth.pinned)).toContain(wordOf(decided.mode));
    }
  },
);
