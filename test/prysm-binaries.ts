import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildCache, cacheRoot } from '../src/adapters/go-toolchain/build-cache.ts';
import { goToolchain } from '../src/adapters/go-toolchain.ts';
import { prysm } from '../src/node/consensus/clients/prysm.ts';
import type { OnProgress } from '../src/ports/progress.ts';

const VERSION = prysm.build?.version ?? '';
/** What a network of one's own needs beside the beacon node. */
const EXTRAS = ['validator', 'prysmctl'] as const;

const ORDER = { program: 'prysm', version: VERSION, architecture: process.arch === 'arm64' ? 'arm64' : 'amd64', extras: EXTRAS } as const;

/** The paths of a real Prysm, from nodectl's own builder and its cache; the first build takes six minutes on two cores. */
export async function prysmBinaries(onProgress: OnProgress = () => {}, signal?: AbortSignal) {
  const { path } = await goToolchain(process.env).build(ORDER, onProgress, signal);
  return { beaconChain: path, validator: join(dirname(path), 'validator'), prysmctl: join(dirname(path), 'prysmctl') };
}

/** True when no build is needed. */
export function prysmIsBuilt(): boolean {
  return existsSync(cacheRoot(process.env)) && buildCache(cacheRoot(process.env), ORDER).read(['beacon-chain', ...EXTRAS]) !== undefined;
}
