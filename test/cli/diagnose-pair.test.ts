import { beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { followingAnswers, serveBeacon } from '../fakes/fake-beacon.ts';
import { addPair, makeClient, pairProgram } from '../fakes/fake-pair.ts';
import { type UpWorld, upWorld } from '../fakes/up-world.ts';
import { validatesAgainst } from '../schema.ts';

interface Told {
  readonly code: number;
  readonly cases: readonly { readonly container: string; readonly role: string; readonly verdict: { readonly id: string } }[];
}

let up: UpWorld;
let pair: Awaited<ReturnType<typeof addPair>>;

beforeEach(async () => {
  const { port } = await serveBeacon(followingAnswers(1000));
  up = upWorld();
  // Deadlines are for work that takes time; the clock that jumps leaves it none.
  Object.assign(up.world.clock, systemClock());
  up.engine.program = pairProgram;
  up.answers = { ...up.answers, eth_chainId: '0x88bb0', net_peerCount: '0x3' };
  pair = await addPair(up, 'duo', {}, makeClient({ ports: { rest: port, p2p: null } }));
});

async function diagnose(...words: readonly string[]) {
  const { code, stdout } = await up.nodectl('diagnose', ...words, '--json');
  const document = JSON.parse(stdout) as Told;
  validatesAgainst('diagnose', document);
  expect(document.code).toBe(code);
  return document;
}

const parts = ({ cases }: Told) => cases.map(({ container }) => container);

describe('diagnose of a node with a consensus client', () => {
  test('judges both parts', async () => {
    const told = await diagnose();
    expect(parts(told).sort()).toEqual(['nodectl-duo', 'nodectl-duo.consensus']);
    expect(told.cases.map(({ role }) => role).sort()).toEqual(['consensus', 'execution']);
  });

  test('tells the client that died first, and geth that waits for it after', async () => {
    pair.client().end(137, { oomKilled: true });
    const told = await diagnose('duo');
    expect(parts(told)).toEqual(['nodectl-duo.consensus', 'nodectl-duo']);
    expect(told).toMatchObject({ code: 20, cases: [{ verdict: { id: 'oom.limit' } }, {}] });
  });

  test('tells first which of two ended first', async () => {
    const geth = up.engine.containers.get('nodectl-duo');
    geth?.end(2);
    pair.client().end(137);
    pair.client().observed = { ...pair.client().observed, finishedAt: Date.now() + 5_000 };
    expect(parts(await diagnose('duo'))[0]).toBe('nodectl-duo');
  });

  test('tells by which part status is what it is', async () => {
    pair.client().end(137, { oomKilled: true });
    const { stdout } = await up.nodectl('status', 'duo', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ healthy: false, death: { verdict: 'oom.limit' } });
  });

  test('takes one part alone by the name of its container', async () => {
    pair.client().end(1);
    expect(parts(await diagnose('--container', 'nodectl-duo.consensus'))).toEqual(['nodectl-duo.consensus']);
  });

  test('names the container in its text, since there are two', async () => {
    pair.client().end(137, { oomKilled: true });
    expect((await up.nodectl('why', 'duo')).stdout).toMatch(/^nodectl-duo\.consensus: /);
  });
});
