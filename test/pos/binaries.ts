import { goToolchain } from '../../src/adapters/go-toolchain.ts';
import type { OnProgress } from '../../src/ports/progress.ts';
import { prysmBinaries } from '../prysm-binaries.ts';

/** The programs of the network, by path. */
export interface Binaries {
  readonly geth: string;
  readonly beaconChain: string;
  readonly validator: string;
  readonly prysmctl: string;
}

const GETH = '1.17.8';

/** The binaries of nodectl's build cache, built where they are missing, which takes minutes and is told step by step. */
export async function findBinaries(say: (line: string) => void, signal?: AbortSignal): Promise<Binaries> {
  const onProgress = tellTenths(say);
  const prysm = await prysmBinaries(onProgress, signal);
  const given = process.env.NODECTL_GETH_BINARY;
  if (given) return { ...prysm, geth: given };
  const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64';
  const { path } = await goToolchain(process.env).build({ program: 'geth', version: GETH, architecture }, onProgress, signal);
  return { ...prysm, geth: path };
}

function tellTenths(say: (line: string) => void): OnProgress {
  let told = '';
  return ({ what, done, total }) => {
    const line = total === 0 ? what : `${what}: ${Math.floor((10 * done) / total) * 10}%`;
    if (line !== told) say(line);
    told = line;
  };
}
