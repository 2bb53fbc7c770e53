import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Binaries } from './binaries.ts';
import { consensusConfig, type Plan } from './consensus-config.ts';
import { draftGenesis, finishGenesis, type Genesis } from './execution-genesis.ts';
import { runOnce } from './run-once.ts';

/** The files that make the network what it is; whoever has them can join. */
export interface NetworkFiles {
  /** Geth's genesis (JSON). */
  readonly genesis: string;
  /** The consensus layer's configuration (YAML). */
  readonly config: string;
  /** The consensus layer's state at genesis (SSZ). */
  readonly genesisState: string;
}

/** Makes the files of a new network in a folder: a few seconds of `prysmctl`. */
export async function makeFiles(folder: string, plan: Plan, programs: Binaries, signal: AbortSignal): Promise<NetworkFiles> {
  const files = {
    genesis: join(folder, 'genesis.json'),
    config: join(folder, 'config.yml'),
    genesisState: join(folder, 'genesis.ssz'),
  };
  const development = JSON.parse(await runOnce(programs.geth, ['--dev', 'dumpgenesis'], signal)) as Genesis;
  writeJson(files.genesis, draftGenesis(development, plan));
  writeFileSync(files.config, consensusConfig(plan));
  await runOnce(
    programs.prysmctl,
    [
      'testnet',
      'generate-genesis',
      `--fork=${plan.fork}`,
      `--num-validators=${plan.validators}`,
      `--genesis-time=${plan.genesisTime}`,
      `--chain-config-file=${files.config}`,
      `--geth-genesis-json-in=${files.genesis}`,
      `--geth-genesis-json-out=${files.genesis}`,
      `--output-ssz=${files.genesisState}`,
    ],
    signal,
  );
  writeJson(files.genesis, finishGenesis(JSON.parse(readFileSync(files.genesis, 'utf8')) as Genesis, plan));
  return files;
}

function writeJson(path: string, document: unknown): void {
  writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`);
}
