import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { DATA_DIRECTORY, GENESIS_FILE, PASSWORD_FILE, PEERS_FILE } from '../../src/node/container-paths.ts';
import { peersFile } from '../../src/node/peers-file.ts';
import { judgeShutdown } from '../../src/node/shutdown-verdict.ts';
import { flagsOf } from './binaries.ts';
import type { Cell, Decision } from './cells.ts';
import { SEALER_KEY } from './networks.ts';
import { mapped, type Place, runGeth, visitGeth } from './run-geth.ts';

export interface Geth {
  readonly path: string;
  readonly help: ReadonlySet<string>;
}

/**
 * Starts a real geth with exactly the words that nodectl decided, asks it for its chain and stops it. Gives what it did;
 * fails on an unknown flag, a wrong chain or an end that is not clean.
 */
export async function proveAllowed({ network, mine }: Cell, decision: Extract<Decision, { command: unknown }>, geth: Geth, place: Place) {
  const { command, init } = decision;
  expect(flagsOf(command.args).filter((flag) => !geth.help.has(flag))).toEqual([]);
  if (network.lastFork !== undefined) expect(await knownForks(network.profile.flags, geth, place)).toContain(`"${network.lastFork}"`);
  if (network.genesis !== undefined) layOut(place, network.genesis);
  if (mine) await importSealer(geth.path, place);
  if (init !== undefined) {
    const { exitCode, output } = await runGeth(geth.path, mapped(init, place), place);
    expect(exitCode, output).toBe(0);
    expect(output).toContain('Successfully wrote genesis state');
  }
  const words = [...mapped(command.args, place), ...engineWords(geth, place)];
  // A miner's table of a gigabyte takes minutes; clique seals at once.
  const seals = mine && network.profile.private?.seal === 'clique';
  const { chainId, head, exitCode, output } = await visitGeth(geth.path, words, command.env, place, seals);
  expect(chainId, output).toBe(network.profile.chainId);
  if (seals) expect(head, output).toBeGreaterThan(0);
  const verdict = judgeShutdown(exitCode, output.split('\n'));
  expect(verdict, output).toMatchObject({ clean: true });
  return `started, answered as chain ${chainId},${seals ? ' sealed a block,' : ''} stopped clean`;
}

/** The genesis and the forks of a public network as the binary itself knows them, or why it knows none. */
export async function knownForks(flags: readonly string[], geth: Geth, place: Place): Promise<string> {
  const known = flags.filter((flag) => flag !== '--mainnet' || geth.help.has('mainnet'));
  return (await runGeth(geth.path, [...known, 'dumpgenesis'], place)).output;
}

/** In a container the engine port is the container's own; here it must be a free one. */
export function engineWords({ help }: Geth, { ports }: Place): readonly string[] {
  return help.has('authrpc.port') ? ['--authrpc.port', String(ports.engine)] : [];
}

/** The files that nodectl lays into the volume of a private chain. */
export function layOut({ folder }: Place, genesis: string): void {
  const files = { [GENESIS_FILE]: genesis, [PEERS_FILE]: peersFile([]), [PASSWORD_FILE]: 'secret\n' };
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, 'data', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text, { mode: 0o600 });
  }
}

async function importSealer(path: string, place: Place): Promise<void> {
  const key = join(place.folder, 'key');
  writeFileSync(key, SEALER_KEY, { mode: 0o600 });
  const words = ['account', 'import', '--datadir', DATA_DIRECTORY, '--lightkdf', '--password', `${DATA_DIRECTORY}/${PASSWORD_FILE}`];
  const { exitCode, output } = await runGeth(path, [...mapped(words, place), key], place);
  expect(exitCode, output).toBe(0);
}
