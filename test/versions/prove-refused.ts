import { expect } from 'vitest';
import type { NodectlError } from '../../src/errors.ts';
import { DATA_DIRECTORY, GENESIS_FILE, HTTP_PORT, P2P_PORT, PEERS_FILE } from '../../src/node/container-paths.ts';
import type { Cell } from './cells.ts';
import { SEALER } from './networks.ts';
import { policyFor } from './policies.ts';
import { engineWords, type Geth, knownForks, layOut } from './prove-allowed.ts';
import { mapped, type Place, runGeth, visitGeth } from './run-geth.ts';

/** Geth's own words when it will not have what it is told. */
const REFUSALS =
  /unknown sync mode "\w+"|light mode has been deprecated|flag provided but not defined: -[\w.-]+|only PoS networks are supported|'terminalTotalDifficulty' is not set|ethash is only supported as a historical component|history pruning not available|Light clients do not support mining|unknown history mode "\w+"/i;

/**
 * Shows on a real geth that a refusal is no lie: geth refuses what a person would have typed, or follows another chain
 * with it, or there is a stated policy. Gives what the binary did.
 */
export async function proveRefused(cell: Cell, refusal: NodectlError, geth: Geth, place: Place): Promise<string> {
  const { network } = cell;
  if (network.lastFork !== undefined && refusal.code === 'UNSUPPORTED_VERSION')
    return proveForkMissing(network.lastFork, cell, geth, place);
  if (network.genesis !== undefined) {
    const { output } = await initNaively(network.genesis, geth, place);
    const hash = /hash="?([0-9a-f]+(?:\.\.|…)[0-9a-f]+)/.exec(output)?.[1]?.replace('…', '..');
    if (network.genesisHash !== undefined && hash !== network.genesisHash) {
      expect(hash, output).toBeDefined();
      return `makes another chain of the genesis (${hash}, not ${network.genesisHash})`;
    }
  }
  const words = [...naiveWords(cell, geth, place), ...engineWords(geth, place)];
  const { chainId, exitCode, output } = await visitGeth(geth.path, words, {}, place);
  if (chainId === undefined) {
    expect(exitCode, output).not.toBe(0);
    expect(output).toMatch(REFUSALS);
    return `refuses: ${REFUSALS.exec(output)?.[0]}`;
  }
  const reason = policyFor(cell);
  expect(reason, 'geth starts, so the refusal needs a stated policy').toBeDefined();
  return `starts. Policy: ${reason}`;
}

/** A geth without a fork that has happened is on another chain; its own `dumpgenesis` says which forks it knows. */
async function proveForkMissing(fork: string, { network }: Cell, geth: Geth, place: Place): Promise<string> {
  const output = await knownForks(network.profile.flags, geth, place);
  if (!output.includes('"chainId"')) {
    expect(output).toMatch(/flag provided but not defined/);
    return `refuses: ${REFUSALS.exec(output)?.[0]}`;
  }
  expect(output).not.toContain(`"${fork}"`);
  return `its own configuration has no ${fork}: it would leave the chain there`;
}

function initNaively(genesis: string, geth: Geth, place: Place) {
  layOut(place, genesis);
  return runGeth(geth.path, mapped(['init', '--datadir', DATA_DIRECTORY, `${DATA_DIRECTORY}/${GENESIS_FILE}`], place), place);
}

/** What a person types who takes every version for the same. */
function naiveWords({ network, mode, history, mine, lightPeers }: Cell, geth: Geth, place: Place): readonly string[] {
  const { profile } = network;
  const words = [
    ...profile.flags.filter((flag) => flag !== '--mainnet' || geth.help.has('mainnet')),
    ...[
      '--datadir',
      DATA_DIRECTORY,
      '--syncmode',
      mode === 'archive' ? 'full' : mode,
      '--http',
      '--http.port',
      String(HTTP_PORT),
      '--port',
      String(P2P_PORT),
    ],
    ...(mode === 'archive' ? ['--gcmode', 'archive'] : []),
    ...(history === 'all' ? [] : ['--history.chain', history]),
    ...(profile.private === undefined
      ? []
      : ['--networkid', String(profile.chainId), '--config', `${DATA_DIRECTORY}/${PEERS_FILE}`, '--nodiscover']),
    ...(mine ? ['--mine', '--miner.etherbase', SEALER] : []),
    ...(lightPeers === 0 ? [] : ['--light.serve', '100', '--light.maxpeers', String(lightPeers)]),
  ];
  return mapped(words, place);
}
