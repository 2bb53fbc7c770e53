import { expect, it } from 'vitest';
import type { EngineEvent, EventQuery } from '../../src/ports/engine-events.ts';
import type { ContractBench } from './contract-bench.ts';

/** An engine may tell more than is asked for here (`attach`, `resize`). */
const LIFE = ['create', 'start', 'oom', 'kill', 'die', 'stop', 'destroy'];

/** What is told of containers while it happens and afterwards. */
export function eventContract(on: ContractBench): void {
  const told = async (query: EventQuery) => {
    const all: EngineEvent[] = [];
    for await (const event of on.engine.events(query)) all.push(event);
    return all.filter(({ action }) => LIFE.includes(action));
  };
  /** Names come again in other expectations, ids do not. */
  const ownOf = (events: readonly EngineEvent[], id: string | undefined) => events.filter(({ containerId }) => containerId === id);
  /** Some moments earlier: the engine's clock is its own. */
  const moment = () => Date.now() - 1_000;

  it("tells a container's life with exit code and labels, also afterwards", async () => {
    on.fresh();
    const since = moment();
    await on.run(['exit', '3']);
    await on.engine.waitForExit(on.name);
    const id = (await on.engine.inspect(on.name))?.id;
    await on.engine.removeContainer(on.name, { force: true });
    const life = ownOf(await told({ since, until: Date.now() + 500 }), id);
    expect(life.map(({ action }) => action)).toEqual(['create', 'start', 'die', 'destroy']);
    expect(life[2]).toMatchObject({
      exitCode: 3,
      containerName: on.name,
      labels: { 'nodectl.node': on.name, 'nodectl.role': 'execution' },
    });
    expect(Math.abs((life[2]?.time ?? 0) - Date.now())).toBeLessThan(60_000);
    expect(life[1]?.exitCode).toBeUndefined();
  });

  it('tells the signal of a stop', async () => {
    on.fresh();
    const since = moment();
    await on.serve();
    await on.engine.stopContainer(on.name, 20);
    const life = ownOf(await told({ since, until: Date.now() + 500, container: on.name }), (await on.engine.inspect(on.name))?.id);
    expect(life.find(({ action }) => action === 'kill')).toMatchObject({ signal: 15 });
    expect(life.find(({ action }) => action === 'die')).toMatchObject({ exitCode: 0 });
  });

  it('tells it at once, until nobody listens', async () => {
    on.fresh();
    const listening = new AbortController();
    await on.serve();
    const since = (await on.engine.inspect(on.name))?.startedAt;
    const died = (async () => {
      for await (const { action } of on.engine.events({ since, container: on.name, signal: listening.signal })) {
        if (action === 'die') return Date.now();
      }
      return undefined;
    })();
    await on.engine.stopContainer(on.name, 20);
    const ended = (await on.engine.inspect(on.name))?.finishedAt ?? 0;
    expect(((await died) ?? Number.POSITIVE_INFINITY) - ended).toBeLessThan(1_000);
    const following = told({ signal: listening.signal });
    listening.abort();
    expect(await following).toEqual([]);
  });

  it('tells of a container by its whole name, and of ones that are not ours only when they are named', async () => {
    on.fresh();
    const since = moment();
    const longer = `${on.name}.longer`;
    const beside = await on.engine.createContainer(on.spec(['serve'], { name: longer }));
    const foreign = await on.engine.createContainer(on.spec(['serve'], { labels: {} }));
    await on.engine.removeContainer(on.name, { force: true });
    await on.engine.removeContainer(longer, { force: true });
    const until = Date.now() + 500;
    const named = await told({ since, until, container: on.name });
    expect(ownOf(named, foreign).map(({ action }) => action)).toEqual(['create', 'destroy']);
    expect(ownOf(named, beside)).toEqual([]);
    const ours = await told({ since, until });
    expect([ownOf(ours, foreign).length, ownOf(ours, beside).length]).toEqual([0, 2]);
    expect((await told({ since, until, container: foreign })).length).toBe(2);
    const anyones = await told({ since, until, anyone: true });
    expect([ownOf(anyones, foreign).length, ownOf(anyones, beside).length]).toEqual([2, 2]);
  });
}
