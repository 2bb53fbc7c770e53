import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { UpReport } from '../../src/actions/up.ts';
import { type UpWorld, upWorld } from '../fakes/up-world.ts';

const UP = ['up', '--network', 'dev', '--memory', '1G', '--cpus', '0.5', '--json'];
const CHANGE = ['up', '--network', 'dev', '--memory', '2G', '--json'];

/** Exactly one running container and one volume, and no further run would change anything. */
async function expectWhole({ engine, nodectl }: UpWorld, words: readonly string[]): Promise<UpReport> {
  expect([...engine.containers.values()].map(({ observed }) => [observed.name, observed.state])).toEqual([['nodectl-dev', 'running']]);
  expect([...engine.volumes.values()].map(({ name, owner }) => [name, owner])).toEqual([['nodectl-dev', '1000:1000 700']]);
  const { code, stdout, stderr } = await nodectl(...words);
  expect([code, stderr]).toEqual([0, '']);
  const report = JSON.parse(stdout) as UpReport;
  expect(report.steps).toEqual([]);
  return report;
}

async function bring(world: UpWorld, words: readonly string[]): Promise<UpReport> {
  const { code, stdout, stderr } = await world.nodectl(...words);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as UpReport;
}

/** Runs `words` again and again in fresh worlds, killed after its first, second … engine call, until it lives. */
async function killedAfterEach(
  prepare: (world: UpWorld) => Promise<unknown>,
  words: readonly string[],
  check: (world: UpWorld) => Promise<unknown>,
) {
  for (let calls = 1; ; calls++) {
    const world = upWorld();
    await prepare(world);
    world.engine.dieAfter(calls);
    const { code } = await world.nodectl(...words);
    world.engine.dieAfter();
    await check(world);
    if (code === 0) return calls;
  }
}

describe('a nodectl that is gone after any call to the engine', () => {
  test('leaves what the next run makes whole', async () => {
    const calls = await killedAfterEach(
      async () => {},
      UP,
      async (world) => {
        await bring(world, UP);
        await expectWhole(world, UP);
      },
    );
    expect(calls).toBeGreaterThan(8);
  });

  test('leaves a change that the next run completes', async () => {
    const calls = await killedAfterEach(
      (world) => bring(world, UP),
      CHANGE,
      async (world) => {
        await bring(world, CHANGE);
        expect((await expectWhole(world, CHANGE)).spec).toMatchObject({ memory: 2 * 2 ** 30, cpus: 0.5 });
      },
    );
    expect(calls).toBeGreaterThan(8);
  });

  test('never loses what the node was asked to be, also when the next run asks nothing', async () => {
    await killedAfterEach(
      (world) => bring(world, UP),
      CHANGE,
      async (world) => {
        const words = ['up', '--name', 'dev', '--json'];
        await bring(world, words);
        const { spec } = await expectWhole(world, words);
        expect(spec.cpus).toBe(0.5);
        expect([2 ** 30, 2 * 2 ** 30]).toContain(spec.memory);
      },
    );
  });

  test('leaves a `down` that the next one completes', async () => {
    await killedAfterEach(
      (world) => bring(world, UP),
      ['down', 'dev', '--json'],
      async (world) => {
        await world.nodectl('down', 'dev', '--json');
        expect([world.engine.containers.size, world.engine.volumes.size]).toEqual([0, 1]);
      },
    );
  });
});

/** Makes each call to the engine wait for so many turns of the event loop. */
function hesitate(world: UpWorld, turns: Iterator<number>): void {
  world.pause = async () => {
    for (let left: number = turns.next().value ?? 0; left > 0; left--) await new Promise((resolve) => setImmediate(resolve));
  };
}

describe('several at once', () => {
  test('twenty first runs make one node, and all succeed', async () => {
    const world = upWorld();
    const runs = await Promise.all(Array.from({ length: 20 }, () => world.nodectl(...UP)));
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(Array.from({ length: 20 }, () => [0, '']));
    await expectWhole(world, UP);
  });

  test('twenty runs with the same change replace the container once, and all succeed', async () => {
    const world = upWorld();
    await bring(world, UP);
    const before = world.engine.calls.length;
    const runs = await Promise.all(Array.from({ length: 20 }, () => world.nodectl(...CHANGE)));
    expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(Array.from({ length: 20 }, () => [0, '']));
    await expectWhole(world, CHANGE);
    expect(world.engine.calls.slice(before)).not.toContain('removeVolume');
  });

  test('whatever they ask, in whatever order the engine hears them, one container and one volume are left', async () => {
    const words = fc.constantFrom(
      UP,
      CHANGE,
      ['up', '--network', 'dev', '--cpus', '1', '--json'],
      ['up', '--network', 'dev', '--swap', '0', '--json'],
    );
    await fc.assert(
      fc.asyncProperty(fc.array(words, { minLength: 2, maxLength: 5 }), fc.infiniteStream(fc.nat(6)), async (asked, ticks) => {
        const world = upWorld();
        hesitate(world, ticks);
        await Promise.all(asked.map((line) => world.nodectl(...line)));
        world.pause = async () => {};
        await bring(world, UP);
        await expectWhole(world, UP);
      }),
      { numRuns: 40 },
    );
  });

  test('who asks the same never stops what another just started, in whatever order the engine hears them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 2, max: 4 }), fc.infiniteStream(fc.nat(6)), async (count, ticks) => {
        const world = upWorld();
        await bring(world, UP);
        hesitate(world, ticks);
        const runs = await Promise.all(Array.from({ length: count }, () => world.nodectl(...CHANGE)));
        expect(runs.map(({ code, stderr }) => [code, stderr])).toEqual(runs.map(() => [0, '']));
        expect(world.engine.calls.filter((call) => call === 'createContainer').length).toBeLessThanOrEqual(1 + count);
        expect([...world.engine.containers.values()][0]?.observed.restartCount).toBe(0);
        await expectWhole(world, CHANGE);
      }),
      { numRuns: 60 },
    );
  });

  test('an option set before survives a run that changes another beside one that asks nothing', async () => {
    const nothing = ['up', '--name', 'dev', '--json'];
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(6)), async (ticks) => {
        const world = upWorld();
        await bring(world, UP);
        hesitate(world, ticks);
        await Promise.all([CHANGE, nothing].map((line) => world.nodectl(...line)));
        world.pause = async () => {};
        await bring(world, CHANGE);
        expect((await expectWhole(world, CHANGE)).spec).toMatchObject({ cpus: 0.5, memory: 2 * 2 ** 30 });
      }),
      { numRuns: 60 },
    );
  });
});
