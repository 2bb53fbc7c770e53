import { readFileSync } from 'node:fs';
import type { Death } from './death.ts';
import { docker } from './docker.ts';
import { deafImage } from './images.ts';
import type { Scene } from './scene.ts';

/** A geth that runs meets what `end` does to it. */
function ending(cause: string, verdict: string, code: number, end: (scene: Scene) => Promise<void> | void): Death {
  return {
    cause,
    verdict,
    code,
    make: async (scene) => {
      await scene.begin();
      const pid = scene.pid();
      await end(scene);
      await scene.died(pid);
    },
  };
}

/** A program in geth's place as the first process, that hears no SIGTERM; geth is its child. */
const deaf: Death = {
  cause: 'a stop that was not heard in time',
  verdict: 'kill.stop-timeout',
  code: 22,
  make: async (scene) => {
    const image = await deafImage();
    scene.later(image.drop);
    await scene.begin({ image: image.reference });
    docker('stop', '-t', '2', scene.container);
  },
};

/** As a geth that hangs in a disk. */
const held = ending('a stop of a geth that stands still', 'kill.stop-timeout', 22, (scene) => {
  process.kill(scene.pid(), 'SIGSTOP');
  docker('stop', '-t', '2', scene.container);
});

const killed = ending('docker kill', 'kill.engine', 22, (scene) => {
  docker('kill', scene.container);
});

const killedByStranger = ending('kill -9 by somebody', 'kill.stranger', 22, (scene) => {
  process.kill(scene.pid(), 'SIGKILL');
});

const asked = ending('docker stop', 'end.asked', 0, (scene) => {
  docker('stop', scene.container);
});

const terminated = ending('kill -TERM by somebody', 'end.unexpected', 30, (scene) => {
  process.kill(scene.pid(), 'SIGTERM');
});

const panicked = ending('a crash of the Go runtime by SIGQUIT', 'crash.panic', 23, (scene) => {
  process.kill(scene.pid(), 'SIGQUIT');
});

const faulted = ending('a crash of the Go runtime by SIGSEGV', 'crash.panic', 23, (scene) => {
  process.kill(scene.pid(), 'SIGSEGV');
});

/** With an init the signal that ends geth is the container's exit code. */
const aborted: Death = {
  cause: 'a process ended by SIGABRT',
  verdict: 'crash.signal',
  code: 23,
  ways: ['docker run'],
  make: async (scene) => {
    await scene.begin({ run: ['--init', '-e', 'GOTRACEBACK=crash'] });
    const pid = scene.pid();
    const [geth] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ');
    process.kill(Number(geth), 'SIGABRT');
    await scene.died(pid);
  },
};

export const KILLS = [killed, killedByStranger, deaf, held, asked, terminated, panicked, faulted, aborted];
