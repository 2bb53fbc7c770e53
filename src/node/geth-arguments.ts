import { executionShare } from './consensus/split-budget.ts';
import { DATA_DIRECTORY, HTTP_PORT, P2P_PORT, PEERS_FILE, WS_PORT } from './container-paths.ts';
import { databaseWords, writesEveryState } from './geth-rules/durability.ts';
import { hasFlag } from './geth-rules/flag-versions.ts';
import { lightServerWords } from './geth-rules/light-rules.ts';
import { memorySettings } from './geth-rules/memory-rules.ts';
import { miningWords } from './geth-rules/mining-rules.ts';
import { PUBLIC_NAMESPACES } from './geth-rules/namespaces.ts';
import { standardScheme } from './geth-rules/state-scheme-rules.ts';
import { wordOf } from './geth-rules/sync-mode-words.ts';
import type { PrivateChain } from './private-chain.ts';
import type { NetworkProfile } from './profile.ts';
import type { NodeSpec } from './spec.ts';
import { leastFreeDiskMib } from './storage/min-free-disk.ts';

export interface GethCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * The exact words geth is started with for a spec that the rules allow; `consensus` are those by which it is told its head.
 * Pure: the same spec gives the same words.
 */
export function gethCommand(spec: NodeSpec, profile: NetworkProfile, consensus: readonly string[] = []): GethCommand {
  const memory = memorySettings(spec.geth, executionShare(spec).memory);
  const args = [
    ...profile.flags,
    ...['--datadir', DATA_DIRECTORY],
    ...syncWords(spec, profile),
    ...stateWords(spec),
    ...databaseWords(spec.geth, profile, spec.scheme),
    ...['--cache', String(memory.cacheMib)],
    ...(memory.heapBy === '--memorylimit' ? ['--memorylimit', String(memory.heapMib)] : []),
    ...(hasFlag('datadir.minfreedisk', spec.geth)
      ? ['--datadir.minfreedisk', String(leastFreeDiskMib(memory.cacheMib, spec.storage))]
      : []),
    ...['--http', '--http.addr', '0.0.0.0', '--http.port', String(HTTP_PORT), '--http.api', PUBLIC_NAMESPACES],
    ...['--ws', '--ws.addr', '0.0.0.0', '--ws.port', String(WS_PORT), '--ws.api', PUBLIC_NAMESPACES],
    ...peerWords(spec, profile.private),
    ...(spec.mining === null || profile.private === undefined ? [] : miningWords(profile.private.seal, spec.mining.etherbase)),
    ...lightServerWords(spec.lightPeers),
    ...consensus,
    ...spec.extra,
  ];
  return { args, env: memory.heapBy === 'GOMEMLIMIT' ? { GOMEMLIMIT: `${memory.heapMib}MiB` } : {} };
}

/** Dev has nothing to sync: geth decides that by itself. */
function syncWords({ mode, history, scheme }: NodeSpec, profile: NetworkProfile): readonly string[] {
  return [
    ...(profile.peers || profile.private !== undefined ? ['--syncmode', wordOf(mode)] : []),
    ...(mode === 'archive' || writesEveryState(profile, scheme, mode) ? ['--gcmode', 'archive'] : []),
    ...(history === 'all' ? [] : ['--history.chain', history]),
  ];
}

/** An archive kept by path forgets states older than 90,000 blocks unless it is told to keep them all. */
function stateWords({ geth, mode, scheme }: NodeSpec): readonly string[] {
  const told = scheme !== null && mode !== 'light' && hasFlag('state.scheme', geth);
  const byPath = (scheme ?? standardScheme(geth, mode)) === 'path';
  return [
    ...(told ? ['--state.scheme', scheme] : []),
    ...(mode === 'archive' && byPath && hasFlag('history.state', geth) ? ['--history.state', '0'] : []),
  ];
}

/** A private chain's nodes know each other from a file; discovery is only for a chain that says where to begin. */
function peerWords({ chainId, ports }: NodeSpec, chain: PrivateChain | undefined): readonly string[] {
  const { p2p } = ports;
  if (chain === undefined) return p2p === null ? [] : ['--port', String(p2p)];
  const { bootnodes } = chain;
  return [
    ...['--networkid', String(chainId), '--config', `${DATA_DIRECTORY}/${PEERS_FILE}`, '--port', String(p2p ?? P2P_PORT)],
    ...(bootnodes.length === 0 ? ['--nodiscover'] : ['--bootnodes', bootnodes.join(',')]),
    ...(p2p === null ? ['--nat', 'none'] : []),
  ];
}
