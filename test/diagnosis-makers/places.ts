import { createServer } from 'node:net';
import { gethImage } from '../geth-image.ts';
import { until } from '../scenarios/engine-view.ts';
import type { Death } from './death.ts';
import { docker, dockerTried, logOf, seen } from './docker.ts';

/** Somebody else listens on the port when the engine wants it. */
const taken: Death = {
  cause: 'a published port that somebody else has',
  verdict: 'port.taken',
  code: 27,
  make: async (scene) => {
    const server = createServer();
    scene.later(() => new Promise<void>((resolve) => server.close(() => resolve())));
    if (scene.way === 'nodectl') {
      await scene.begin();
      const [published] = docker('port', scene.container, '8545/tcp').split('\n');
      await scene.rest();
      await new Promise<void>((resolve) => server.listen(Number(published?.split(':').at(-1)), '127.0.0.1', resolve));
      await scene.fallAgain();
      return;
    }
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await scene.begin({ run: ['-p', `127.0.0.1:${port}:8546`], fails: true });
  },
};

/** Two geths in one network place: the second cannot listen. */
const ownBind: Death = {
  cause: 'a port inside that another geth listens on',
  verdict: 'port.taken',
  code: 27,
  ways: ['docker run'],
  make: async (scene) => {
    const image = await gethImage('1.17.8');
    const other = `${scene.container}-first`;
    scene.later(() => dockerTried('rm', '-f', other));
    const words = ['--dev', '--datadir', '/tmp/geth', '--http', '--http.addr', '0.0.0.0'];
    docker('run', '-d', '--name', other, '-m', '256m', image, ...words);
    await until(() => (logOf(other).includes('HTTP server started') ? true : undefined), 'the first geth', 30_000);
    docker('run', '-d', '--name', scene.container, '-m', '256m', '--network', `container:${other}`, image, ...words);
    await until(() => (seen(scene.container)?.State.Running === true ? undefined : true), 'the second geth to end', 60_000);
  },
};

/** The engine's network of it is removed while it rests. */
const networkGone: Death = {
  cause: 'an engine network that is gone',
  verdict: 'network.broken',
  code: 27,
  make: async (scene) => {
    const name = `${scene.container}-net`;
    if (scene.way === 'docker run') {
      docker('network', 'create', name);
      await scene.begin({ run: ['--network', name] });
    } else {
      await scene.begin();
      docker('network', 'create', name);
      docker('network', 'connect', name, scene.container);
    }
    await scene.rest();
    docker('network', 'rm', name);
    await scene.fallAgain();
  },
};

const neverStarted: Death = {
  cause: 'made, and never started',
  verdict: 'never-started',
  code: 39,
  ways: ['docker run'],
  make: async (scene) => {
    docker('create', '--name', scene.container, await gethImage('1.17.8'), '--dev', '--datadir', '/data');
  },
};

/** Nothing speaks of it: no log is kept, and geth refused its words. */
const silent: Death = {
  cause: 'an end of which nobody kept a word',
  verdict: 'unknown',
  code: 39,
  ways: ['docker run'],
  make: async (scene) => {
    await scene.begin({ run: ['--log-driver', 'none'], words: ['--no-such-flag'], fails: true });
    await scene.fallAgain();
  },
};

const well: Death = {
  cause: 'none: it runs and is well',
  verdict: 'well',
  code: 0,
  make: async (scene) => {
    await scene.begin();
  },
};

export const PLACES: readonly Death[] = [taken, ownBind, networkGone, neverStarted, silent, well];
