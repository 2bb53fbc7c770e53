import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheRoot } from '../../src/adapters/go-toolchain/build-cache.ts';

/** The programs of the network, by path. */
export interface Binaries {
  readonly geth: string;
  readonly beaconChain: string;
  readonly validator: string;
  readonly prysmctl: string;
}

const GETH = '1.17.8';
const PRYSM = '7.0.0';

/** The binaries of nodectl's build cache; a text says which one is missing and how to make it. */
export function findBinaries(env: NodeJS.ProcessEnv): Binaries | string {
  const platform = `linux-${process.arch === 'x64' ? 'amd64' : process.arch}`;
  const cache = cacheRoot(env);
  const prysm = join(cache, 'prysm', `${PRYSM}-${platform}`);
  const found = {
    geth: env.NODECTL_GETH_BINARY ?? join(cache, 'geth', `${GETH}-${platform}`, 'geth'),
    beaconChain: join(prysm, 'beacon-chain'),
    validator: join(prysm, 'validator'),
    prysmctl: join(prysm, 'prysmctl'),
  };
  if (!existsSync(found.geth)) return `no geth at ${found.geth}: build it with \`nodectl image build --version ${GETH}\``;
  const missing = [found.beaconChain, found.validator, found.prysmctl].find((path) => !existsSync(path));
  return missing === undefined ? found : `no Prysm at ${missing}: build it with \`nodectl image build --consensus prysm\``;
}
