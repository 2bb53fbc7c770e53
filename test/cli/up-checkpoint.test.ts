import { describe, expect, test } from 'vitest';
import { LABEL_CLIENT, LABEL_NETWORK, LABEL_NODE, LABEL_ROLE } from '../../src/node/labels.ts';
import {
  behave,
  CLIENT,
  errorOf,
  expectRefused,
  FORGED,
  later,
  NAME,
  reportOf,
  type Scene,
  SECRET,
  scene,
  shown,
} from './checkpoint-scene.ts';

describe('where a new consensus client began', () => {
  test('is confirmed at once where it is what was agreed on, though the other provider is gone', async () => {
    const { first, second, up, looks } = await scene(({ first, second }) => {
      behave(second, { fault: 'resets' });
      return later(first, 0);
    });
    const origin = later(first, 0);
    expect(reportOf(await up()).checkpoint).toEqual({ from: shown(first), ...origin, confirmedBy: shown(second), reason: null });
    expect(looks()).toBe(1);
  });

  test.each([
    ['an older block', -1, {}],
    ['an older block, of a provider that keeps checkpoints alone', -1, { checkpointsOnly: true }],
    ['a block that is not final for the other yet', 1, {}],
  ])('is confirmed by the other provider where it is %s', async (_words, epochs, manners) => {
    const { second, up } = await scene(({ first, second }) => {
      behave(second, manners);
      return later(first, epochs);
    });
    expect(reportOf(await up())).toMatchObject({ checkpoint: { confirmedBy: shown(second), reason: null }, notes: expect.any(Array) });
  });

  test('is confirmed where a provider that keeps checkpoints alone has it as the last block before missed slots', async () => {
    const { second, up } = await scene(({ first, second }) => {
      const { slot } = later(first, -1);
      for (const provider of [first, second]) behave(provider, { checkpointsOnly: true, missed: new Set([slot]) });
      return { ...later(first, -1), slot: slot - 1 };
    });
    expect(reportOf(await up()).checkpoint?.confirmedBy).toBe(shown(second));
  });

  test.each([
    ['the epoch that was agreed on', 0],
    ['an older epoch', -1],
  ])('is refused where the client was served a forged block of %s, and what it had begun is removed', async (_words, epochs) => {
    const made = await scene(({ first }) => ({ ...later(first, epochs), root: FORGED }));
    expectRefused(await made.up(), made);
    expect(made.looks()).toBe(1);
    expect(made.world.engine.containers.get(NAME)?.running).toBe(true);
  });

  test('is refused where the other provider contradicts it only after the start', async () => {
    const made = await scene(({ first, second }) => {
      behave(second, { beaconFault: 'lies' });
      return later(first, -1);
    });
    expectRefused(await made.up(), made);
  });

  test('is refused where it is a block so new that none can be final', async () => {
    const made = await scene(({ first }) => ({ ...later(first, 3), root: FORGED }));
    expectRefused(await made.up(), made);
  });

  test('is refused where the newest part of the other chain stays another for a minute, and not before', async () => {
    const made = await scene(({ first }) => ({ ...later(first, 1), root: FORGED }));
    expectRefused(await made.up(), made);
    expect(made.looks()).toBeGreaterThan(5);
    const brief = await scene(({ first }, look) => ({ ...later(first, 1), ...(look < 3 ? { root: FORGED } : {}) }));
    expect(reportOf(await brief.up()).checkpoint?.confirmedBy).toBe(shown(brief.second));
  });

  test('is asked again while the other provider is behind, and while the client has not begun', async () => {
    const { second, up, looks } = await scene(({ first, second }, look) => {
      if (look >= 2) behave(second, { checkpointsOnly: true, behind: look < 4 ? 2 : 0 });
      if (look < 2) return look === 0 ? undefined : { root: FORGED, slot: 0 };
      return later(first, -1);
    });
    expect(reportOf(await up()).checkpoint?.confirmedBy).toBe(shown(second));
    expect(looks()).toBe(5);
  });

  test.each([
    ['is gone', { fault: 'resets' }],
    ['limits how often it is asked', { fault: 'rate-limited' }],
    ['is behind for good', { checkpointsOnly: true, behind: 3 }],
  ] as const)('is told once, and nothing is removed, where the other provider %s', async (_words, manners) => {
    const { first, up, world } = await scene(({ first, second }) => {
      behave(second, manners);
      return later(first, -1);
    });
    const { checkpoint, notes } = reportOf(await up());
    expect(checkpoint).toMatchObject({ from: shown(first), root: later(first, -1).root, confirmedBy: null, reason: expect.any(String) });
    expect(notes.filter((note) => note.includes(checkpoint?.reason ?? '?'))).toHaveLength(1);
    expect(JSON.stringify([checkpoint, notes])).not.toContain(SECRET);
    expect(world.engine.containers.get(CLIENT)?.running).toBe(true);
  });

  test('is looked at within the time that is left, and a minute at most', async () => {
    const silent = await scene(() => undefined);
    const started = silent.world.world.clock.now();
    expect(reportOf(await silent.up()).checkpoint).toMatchObject({ root: null, confirmedBy: null });
    expect(silent.world.world.clock.now() - started).toBeLessThan(90_000);
    const hurried = await scene(() => undefined);
    reportOf(await hurried.up('--timeout', '2s'));
    expect(hurried.looks()).toBeLessThan(5);
  });

  test('is not asked of a client whose volume was there before, and that volume is never removed', async () => {
    const made = await scene(({ first }, look) => (look === 0 ? later(first, 0) : { ...later(first, -1), root: FORGED }));
    reportOf(await made.up());
    expect(reportOf(await made.up()).checkpoint).toBeNull();
    await made.world.engine.removeContainer(CLIENT, { force: true });
    expect(reportOf(await made.up()).checkpoint).toBeNull();
    await made.world.engine.stopContainer(CLIENT, 1);
    expect((await made.world.nodectl('start', 'mainnet')).code).toBe(0);
    expect([made.looks(), made.world.engine.volumes.has(CLIENT)]).toEqual([1, true]);
  });

  test('is not asked of a client that begins in a volume that an earlier run has left, and that volume is never removed', async () => {
    const made = await scene(({ first }) => ({ ...later(first, 0), root: FORGED }));
    const labels = { [LABEL_NODE]: 'mainnet', [LABEL_ROLE]: 'consensus', [LABEL_NETWORK]: 'mainnet', [LABEL_CLIENT]: 'prysm' };
    await made.world.engine.createVolume({ name: CLIENT, labels });
    expect(reportOf(await made.up())).toMatchObject({ changed: true, checkpoint: null });
    expect([made.looks(), made.world.engine.volumes.has(CLIENT)]).toEqual([0, true]);
  });

  test('is found out by the next run too, which makes the client from providers it asks anew', async () => {
    const made = await scene(({ first }, look) => ({ ...later(first, 0), ...(look === 0 ? { root: FORGED } : {}) }));
    expectRefused(await made.up(), made);
    const asked = made.second.asked.length;
    expect(reportOf(await made.up())).toMatchObject({ changed: true, checkpoint: { confirmedBy: shown(made.second) } });
    expect(made.second.asked.length).toBeGreaterThan(asked);
    expect(made.world.engine.containers.get(CLIENT)?.running).toBe(true);
  });
});

describe('a client that does not compare the state it is served with the block it begins at', () => {
  const [honest, forged] = ['77', '88'].map((byte) => `0x${byte.repeat(32)}`) as [string, string];

  /** A client at an honest block of the epoch that was agreed on, whose log tells that it was served this state. */
  async function servedState(root: string, slots = 0, gone = false): Promise<Scene> {
    const made = await scene(({ first }) => ({ ...later(first, gone ? 1 : 0), stateRoot: honest }));
    const geth = made.world.engine.program;
    const { root: block, slot } = later(made.first, 0);
    const line = `msg="Downloaded checkpoint sync state and block." blockRoot=${block} blockSlot=${slot} stateRoot=${root} stateSlot=${slot + slots}`;
    made.world.engine.program = (args, view) =>
      args.includes('--accept-terms-of-use') ? { lines: [{ stream: 'stderr', text: `level=info ${line}` }] } : geth(args, view);
    return made;
  }

  test('is taken away where that is another state than the block leads to', async () => {
    const made = await servedState(forged);
    expectRefused(await made.up(), made);
  });

  test.each([
    ['it is that state', honest, 0, false],
    ['it has gone on to a later block, whose state it computed itself', forged, 0, true],
  ] as const)('is confirmed where %s', async (_words, root, slots, gone) => {
    const { second, up } = await servedState(root, slots, gone);
    expect(reportOf(await up()).checkpoint?.confirmedBy).toBe(shown(second));
  });

  test('is left, and told, where the state is of another slot', async () => {
    const { up, looks } = await servedState(honest, 1);
    expect(reportOf(await up()).checkpoint).toMatchObject({ confirmedBy: null, reason: expect.any(String) });
    expect(looks()).toBe(1);
  });
});

test('one provider alone is taken at its word by force, unless it contradicts itself', async () => {
  const made = await scene(({ first }, look) => ({ ...later(first, 0), ...(look > 0 ? { root: FORGED } : {}) }));
  const up = (name: string) =>
    made.world.nodectl(
      ...['up', '--memory', '16G', '--force', '--consensus', 'prysm', '--name', name, '--port', 'auto', '--checkpoint-url', made.first.url],
      '--json',
    );
  expect(reportOf(await up('mainnet')).checkpoint).toMatchObject({ root: later(made.first, 0).root, confirmedBy: null });
  const ran = await up('other');
  expect([ran.code, errorOf(ran).code]).toEqual([4, 'ENDPOINTS_REFUSED']);
  expect(made.world.engine.volumes.has('nodectl-other.consensus')).toBe(false);
});
