import { NodectlError } from '../../src/errors.ts';
import { applyRules, type RuleRequest } from '../../src/node/geth-rules/apply-rules.ts';
import type { NetworkProfile } from '../../src/node/profile.ts';

const SOMEBODY = `0x${'0'.repeat(39)}1`;

interface Asked {
  /** A network's name, or who makes the blocks of a private chain. */
  readonly network: string;
  readonly words: string;
  readonly over: Partial<RuleRequest>;
}

const ASKED: readonly Asked[] = [
  { network: 'dev', words: '--syncmode snap', over: { mode: 'snap' } },
  { network: 'clique', words: '--syncmode light --geth-version 1.13.5', over: { mode: 'light', version: '1.13.5' } },
  { network: 'clique', words: '--syncmode light --geth-version 1.13.15', over: { mode: 'light', version: '1.13.15' } },
  { network: 'clique', words: '--syncmode snap --geth-version 1.9.25', over: { mode: 'snap', version: '1.9.25' } },
  { network: 'clique', words: '--geth-version 1.17.8', over: { version: '1.17.8' } },
  { network: 'ethash', words: '--geth-version 1.12.0', over: { version: '1.12.0' } },
  { network: 'mainnet', words: '--geth-version 1.15.11', over: { version: '1.15.11' } },
  { network: 'hoodi', words: '--geth-version 1.17.9', over: { version: '1.17.9' } },
  { network: 'mainnet', words: '--mine --etherbase 0x…', over: { mine: true, etherbase: SOMEBODY } },
  { network: 'engine', words: '--mine --etherbase 0x…', over: { mine: true, etherbase: SOMEBODY } },
  { network: 'dev', words: '--etherbase 0x…', over: { etherbase: SOMEBODY } },
  { network: 'clique', words: '--mine', over: { mine: true } },
  { network: 'mainnet', words: '--light-peers 10', over: { lightPeers: 10 } },
  { network: 'clique', words: '--light-peers 10 --geth-version 1.13.15', over: { lightPeers: 10, version: '1.13.15' } },
  { network: 'hoodi', words: '--history postmerge', over: { history: 'postmerge' } },
  { network: 'mainnet', words: '--history postosaka --geth-version 1.17.6', over: { history: 'postosaka', version: '1.17.6' } },
  { network: 'mainnet', words: '--syncmode archive --history postmerge', over: { mode: 'archive', history: 'postmerge' } },
  { network: 'dev', words: '--history postmerge', over: { history: 'postmerge' } },
];

/** What is said to each of the requests above: by the code that says it. */
export function refusalRows(networks: readonly NetworkProfile[]): readonly (readonly string[])[] {
  return ASKED.map(({ network: name, words, over }) => {
    const network = networks.find((row) => row.name === name) ?? privateChain(name, networks);
    const plain = { version: network.geth.pinned, network, mode: network.syncmode, history: 'all', scheme: null } as const;
    const error = refusalOf({ ...plain, mine: false, etherbase: undefined, lightPeers: 0, ...over });
    const kind = network.private === undefined ? name : `a private ${name} chain`;
    return [`\`${words}\` on ${kind}`, error.code, error.message, error.hint];
  });
}

function refusalOf(request: RuleRequest): NodectlError {
  try {
    applyRules(request);
  } catch (error) {
    if (error instanceof NodectlError) return error;
    throw error;
  }
  throw new NodectlError('BUG', `The reference lists a refusal that is none: ${JSON.stringify(request)}.`);
}

function privateChain(kind: string, networks: readonly NetworkProfile[]): NetworkProfile {
  const [dev] = networks.filter(({ consensus }) => consensus === 'none');
  if (dev === undefined || (kind !== 'clique' && kind !== 'ethash' && kind !== 'engine')) {
    throw new NodectlError('BUG', `The reference knows no network ${kind}.`);
  }
  const pinned = { clique: '1.13.15', ethash: '1.11.6', engine: dev.geth.pinned }[kind];
  return {
    ...dev,
    name: 'mychain',
    consensus: kind === 'engine' ? 'required' : 'none',
    flags: [],
    syncmodes: kind === 'engine' ? ['full', 'snap', 'archive'] : ['full', 'snap', 'archive', 'fast', 'light'],
    geth: { pinned, minimum: kind === 'engine' ? '1.14.12' : '1.9.25', refused: [] },
    needs: { ...dev.needs, disk: {} },
    private: { genesis: '', seal: kind, period: null, bootnodes: [], staticPeers: [], beacon: null },
  };
}
