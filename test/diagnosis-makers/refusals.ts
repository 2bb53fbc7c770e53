import { chmodSync, chownSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gethImage } from '../geth-image.ts';
import { until } from '../scenarios/engine-view.ts';
import type { Death } from './death.ts';
import { docker, dockerTried, logOf } from './docker.ts';
import type { Scene } from './scene.ts';

/** geth ends at once of the words it is given. */
function refuses(cause: string, verdict: string, words: readonly string[], ways?: Death['ways']): Death {
  return {
    cause,
    verdict,
    code: 24,
    ...(ways === undefined ? {} : { ways }),
    make: async (scene) => {
      await scene.begin({ words, fails: true });
      await scene.fallAgain();
    },
  };
}

/** A node that was well is changed behind its back while it rests, and is begun again. */
function tampered(cause: string, verdict: string, code: number, tamper: (scene: Scene) => Promise<void> | void): Death {
  return {
    cause,
    verdict,
    code,
    make: async (scene) => {
      await scene.begin();
      await scene.rest();
      await tamper(scene);
      await scene.fallAgain();
    },
  };
}

const ofRoot = tampered('a data folder that it may not read', 'refused.settings', 24, (scene) => {
  // A container of root may read everything, unless it is no folder any more.
  const geth = join(scene.folder(), 'geth');
  chownSync(geth, 0, 0);
  chmodSync(geth, 0o700);
  if (scene.way === 'nodectl') return;
  rmSync(geth, { recursive: true });
  writeFileSync(geth, '');
});

const CHAINDATA = 'geth/chaindata';

/** With pebble: leveldb, which nodectl's own chains have, makes itself a new manifest. */
const corrupt: Death = {
  ...tampered('a database whose manifest is garbage', 'database.corrupt', 26, (scene) => {
    const folder = join(scene.folder(), CHAINDATA);
    for (const name of readdirSync(folder)) {
      if (name.startsWith('MANIFEST-')) writeFileSync(join(folder, name), 'no manifest of a database at all\n'.repeat(20));
    }
  }),
  ways: ['docker run'],
};

/** Another geth makes a database of its own in the node's place. */
async function beginAnew(scene: Scene, geth: string, words: readonly string[]): Promise<void> {
  rmSync(join(scene.folder(), 'geth'), { recursive: true });
  const image = await gethImage(geth);
  const helper = `${scene.container}-before`;
  scene.later(() => dockerTried('rm', '-f', helper));
  const user = scene.way === 'nodectl' ? '1000:1000' : '0:0';
  // As nodectl keeps a chain of one's own.
  const kinds = scene.way === 'nodectl' ? ['--db.engine', 'leveldb', '--state.scheme', 'hash'] : [];
  docker(
    'run',
    '-d',
    '--name',
    helper,
    '-u',
    user,
    '-v',
    `${scene.volume}:/data`,
    image,
    ...words,
    ...kinds,
    '--datadir',
    '/data',
    '--nodiscover',
  );
  // By then the database is there, and a signal is heard.
  await until(() => (logOf(helper).includes('Started P2P networking') ? true : undefined), 'the other geth to begin', 60_000);
  docker('stop', helper);
  await dockerTried('rm', '-f', helper);
}

const foreign = tampered('a database of another chain', 'database.foreign', 26, (scene) => beginAnew(scene, '1.17.8', ['--sepolia']));

/** A database of 1.17 below a geth that is older than it. */
const newer: Death = {
  cause: 'a database of a newer geth',
  verdict: 'database.version',
  code: 26,
  make: async (scene) => {
    await scene.begin({ geth: '1.13.15' });
    await scene.rest();
    await beginAnew(scene, '1.17.8', ['--dev']);
    await scene.fallAgain();
  },
};

const locked: Death = {
  cause: 'another geth on its volume',
  verdict: 'database.locked',
  code: 26,
  make: async (scene) => {
    await scene.begin();
    await scene.rest();
    const other = `${scene.container}-other`;
    scene.later(() => dockerTried('rm', '-f', other));
    const image = await gethImage('1.17.8');
    docker('run', '-d', '--name', other, '-m', '512m', '-v', `${scene.volume}:/data`, image, '--dev', '--datadir', '/data');
    await until(() => (logOf(other).includes('Started P2P networking') ? true : undefined), 'the other geth to begin', 60_000);
    await scene.fallAgain();
  },
};

const secret: Death = {
  cause: 'a key of the engine API that is none',
  verdict: 'refused.settings',
  code: 24,
  ways: ['docker run'],
  make: async (scene) => {
    const words = ['--authrpc.jwtsecret', '/etc/ssl/certs/ca-certificates.crt'];
    await scene.begin({ network: 'sepolia', words, fails: true });
    await scene.fallAgain();
  },
};

export const REFUSALS: readonly Death[] = [
  refuses('a flag that this geth does not have', 'refused.flag', ['--no-such-flag']),
  refuses('--syncmode light on a geth without it', 'refused.mode', ['--syncmode', 'light'], ['docker run']),
  ofRoot,
  secret,
  corrupt,
  foreign,
  newer,
  locked,
];
