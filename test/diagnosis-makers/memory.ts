import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { until } from '../scenarios/engine-view.ts';
import { boundAddresses } from './bound-addresses.ts';
import type { Death } from './death.ts';
import { docker, dockerTried } from './docker.ts';
import type { Scene } from './scene.ts';

/** geth takes what a call's program asks for, once nobody bounds its gas. */
const UNBOUND = ['--rpc.gascap', '0'];
/** PUSH5 0x0040000000 MLOAD POP STOP: geth fills a gigabyte. */
const GIGABYTE = { data: '0x640040000000515000' };

/** Has geth itself take more memory than it may have; it answers no more. */
export function overfill(scene: Scene): void {
  try {
    scene.ask('eth_call', [GIGABYTE, 'latest']);
  } catch {
    // It died with the question.
  }
}

const atItsLimit: Death = {
  cause: 'its own memory limit',
  verdict: 'oom.limit',
  code: 20,
  make: async (scene) => {
    await scene.begin({ words: UNBOUND });
    const pid = scene.pid();
    overfill(scene);
    await scene.died(pid);
  },
};

/** A cgroup above the container's with a lower limit; with cgroup v1 and the engine's own driver alone. */
const atItsParents: Death = {
  cause: 'a memory limit above its own',
  verdict: 'oom.parent',
  code: 21,
  ways: ['docker run'],
  make: async (scene) => {
    const name = `nodectl-test-${process.pid}`;
    const folder = `/sys/fs/cgroup/memory/${name}`;
    mkdirSync(folder, { recursive: true });
    scene.later(() => until(() => removed(folder), 'the cgroup to be left'));
    writeFileSync(`${folder}/memory.limit_in_bytes`, String(300 * 2 ** 20));
    await scene.begin({ words: UNBOUND, memory: '2G', run: ['--cgroup-parent', `/${name}`] });
    const pid = scene.pid();
    overfill(scene);
    await scene.died(pid);
  },
};

function removed(folder: string): true | undefined {
  try {
    rmdirSync(folder);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? true : undefined;
  }
}

/** geth's own console inside the container, with a script that wants two gigabytes. */
async function consoleOverfills(scene: Scene): Promise<void> {
  await dockerTried('exec', scene.container, 'geth', '--datadir', '/data', 'attach', '--exec', 'new Uint8Array(2000000000).fill(1)');
}

const aProgramInside: Death = {
  cause: 'a console in it was killed for memory, geth lives',
  verdict: 'oom.child',
  code: 3,
  make: async (scene) => {
    await scene.begin({ memory: '384M' });
    await consoleOverfills(scene);
  },
};

/** The engine's OOMKilled is true here, and was not the cause. */
const killedAfterwards: Death = {
  cause: 'docker kill after a console in it was killed for memory',
  verdict: 'kill.engine',
  code: 22,
  make: async (scene) => {
    await scene.begin({ memory: '384M' });
    await consoleOverfills(scene);
    docker('kill', scene.container);
  },
};

/** OOMKilled is true here as well, with exit 0. */
const stoppedAfterwards: Death = {
  cause: 'docker stop after a console in it was killed for memory',
  verdict: 'end.asked',
  code: 0,
  make: async (scene) => {
    await scene.begin({ memory: '384M' });
    await consoleOverfills(scene);
    await scene.rest();
  },
};

/** A bound on addresses, as overcommit_memory=2 or ulimit would be one: the kernel refuses instead of killing. */
const refusedByTheKernel: Death = {
  cause: 'memory refused by the kernel, below every limit of a cgroup',
  verdict: 'crash.memory',
  code: 23,
  make: async (scene) => {
    await scene.begin({ words: UNBOUND, memory: '1536M' });
    const pid = scene.pid();
    boundAddresses(pid);
    overfill(scene);
    await scene.died(pid);
  },
};

export const MEMORY_DEATHS = [atItsLimit, atItsParents, aProgramInside, killedAfterwards, stoppedAfterwards, refusedByTheKernel];
