import { describe, expect, test } from 'vitest';
import { status } from '../../src/actions/status.ts';
import { command } from '../../src/cli/commands/status.ts';
import { PLAIN } from '../../src/cli/style.ts';
import { MIB } from '../../src/node/size.ts';
import { type BeaconAnswers, followingAnswers, serveBeacon } from '../fakes/fake-beacon.ts';
import { devAnswers, type GethAnswers, serveGeth } from '../fakes/fake-geth.ts';
import { fakeNodes } from '../fakes/fake-nodes.ts';
import { addPair, makeClient, pairProgram } from '../fakes/fake-pair.ts';
import { validatesAgainst } from '../schema.ts';

const HASH = `0x${'ab'.repeat(32)}`;
const headOf = (ageSeconds: number) => ({
  eth_getBlockByNumber: ([tag]: unknown[]) =>
    tag === 'latest' ? { number: '0x64', hash: HASH, timestamp: `0x${(Math.floor(Date.now() / 1000) - ageSeconds).toString(16)}` } : null,
});
const gethAnswers = (over: GethAnswers = {}) => devAnswers({ eth_chainId: '0x88bb0', net_peerCount: '0x3', ...headOf(5), ...over });
const AT_GENESIS = {
  eth_getBlockByNumber: ([tag]: unknown[]) => (tag === 'latest' ? { number: '0x0', hash: HASH, timestamp: '0x0' } : null),
};

/** A pair whose client says what is given, and which geth says. */
async function pairThat(beacon: Parameters<typeof serveBeacon>[0], geth: GethAnswers = {}) {
  const [rest, http] = [await serveBeacon(beacon), await serveGeth(gethAnswers(geth))];
  const nodes = fakeNodes();
  nodes.engine.program = pairProgram;
  const client = makeClient({ ports: { rest: rest.port, p2p: null } });
  const pair = await addPair(nodes, 'duo', { ports: { http: http.port, ws: 1, p2p: 30_303 } }, client);
  const age = (part: { observed: { startedAt: number } }) =>
    Object.assign(part, { observed: { ...part.observed, startedAt: Date.now() - 3_600_000 } });
  age(pair.geth());
  age(pair.client());
  const ask = async (timeout = 5_000) => {
    const report = await status({ node: 'duo', timeout }, nodes.world);
    validatesAgainst('status', report);
    return report;
  };
  return { nodes, ...pair, rest, ask };
}

describe('a pair that follows its chain', () => {
  test('is healthy, and its status tells of both parts from one look each', async () => {
    const { ask, rest, nodes } = await pairThat(followingAnswers(1000));
    nodes.engine.calls.length = 0;
    const report = await ask();
    expect(report).toMatchObject({
      healthy: true,
      sync: { state: 'at-head' },
      consensus: {
        client: 'prysm',
        state: { state: 'following' },
        container: { name: 'nodectl-duo.consensus', state: 'running' },
        limits: { memoryBytes: 400 * MIB, cpus: 0.25 },
        answersAs: 'Prysm/v7.0.0 (linux amd64)',
        peers: 3,
        headSlot: 1000,
        syncDistance: 0,
        finalizedEpoch: 4,
        elOffline: false,
        optimistic: false,
        restEndpoint: `http://127.0.0.1:${rest.port}`,
      },
      notes: [],
    });
    expect(rest.asked()).toBe(6);
    expect(nodes.engine.calls.filter((call) => call === 'inspect')).toHaveLength(2);
    expect(nodes.engine.calls).not.toContain('logs');
    expect(command.exit(report)).toBe(0);
    expect(command.render(report, PLAIN)).toContain('finalized epoch 4');
  });

  test('is judged by the slots of its own chain: a head of two minutes is old where they last three seconds', async () => {
    const answers: BeaconAnswers = { ...followingAnswers(1000), spec: { SECONDS_PER_SLOT: '3' } };
    const genesis = { genesis_time: String(Math.floor(Date.now() / 1000) - 3001) };
    expect((await (await pairThat({ ...answers, genesis }, headOf(120))).ask()).sync.state).toBe('stale');
    expect((await (await pairThat(followingAnswers(1000), headOf(120))).ask()).sync.state).toBe('at-head');
  });
});

describe('a pair on its way', () => {
  test.each([
    ['geth waits for a client that syncs', AT_GENESIS, 'waiting-for-consensus'],
    ['geth has an old head meanwhile', headOf(9_000), 'stale'],
  ] as const)('is healthy while %s', async (_what, geth, state) => {
    const report = await (await pairThat(followingAnswers(1000, { is_syncing: true }, 500), geth)).ask();
    expect(report).toMatchObject({ healthy: true, sync: { state }, consensus: { state: { state: 'syncing', distance: 500 } } });
  });

  test('is healthy while geth syncs and has verified nothing yet', async () => {
    const syncing = { eth_syncing: { currentBlock: '0x1', highestBlock: '0x64' }, ...AT_GENESIS };
    const report = await (await pairThat(followingAnswers(1000, { is_optimistic: true }), syncing)).ask();
    expect(report).toMatchObject({ healthy: true, sync: { state: 'syncing' }, consensus: { state: { state: 'optimistic' } } });
  });
});

test('a pair that has just started is healthy when its client has a head and geth does not yet', async () => {
  const { ask, geth, client } = await pairThat(followingAnswers(1000, { is_optimistic: true }), AT_GENESIS);
  expect(await ask()).toMatchObject({ healthy: false });
  for (const part of [geth(), client()]) Object.assign(part, { observed: { ...part.observed, startedAt: Date.now() - 20_000 } });
  expect(await ask()).toMatchObject({
    healthy: true,
    sync: { state: 'waiting-for-consensus' },
    consensus: { state: { state: 'optimistic' } },
  });
});

describe('a pair that is not well', () => {
  test('whose client is content while its head falls behind is frozen, and exit 3', async () => {
    const report = await (await pairThat(followingAnswers(1000, {}, 100), headOf(1_200))).ask();
    expect(report).toMatchObject({ healthy: false, consensus: { state: { state: 'frozen', distance: 100 }, syncDistance: 100 } });
    expect(report.notes[0]).toContain('nodectl restart duo');
    expect(command.exit(report)).toBe(3);
    expect(command.render(report, PLAIN).split('\n')[0]).toContain('frozen');
  });

  test('whose key geth refuses says so, by the log of its client', async () => {
    const { ask, client } = await pairThat(followingAnswers(1000, { is_optimistic: true }, 20), AT_GENESIS);
    client().print('level=error msg="HTTP status code error, your connection is not authenticated" prefix=execution', 'stderr');
    const report = await ask();
    expect(report).toMatchObject({ healthy: false, consensus: { state: { state: 'not-authenticated' } } });
    expect(report.sync).toMatchObject({ state: 'waiting-for-consensus', reason: expect.stringContaining('not authenticated') });
    expect(report.notes[0]).toContain('nodectl restart');
  });

  test('whose geth lacks blocks, and has no peer to fetch them from, says what to do, and exit 3', async () => {
    const { ask, nodes } = await pairThat(followingAnswers(1000, { is_optimistic: true }), { net_peerCount: '0x0', ...headOf(3_000) });
    const report = await ask();
    expect(report).toMatchObject({ healthy: false, sync: { state: 'stale' }, consensus: { state: { state: 'execution-alone' } } });
    expect(report.notes[0]).toContain('nodectl peers add duo');
    expect(command.exit(report)).toBe(3);
    expect(command.render(report, PLAIN).split('\n')[0]).toContain('nobody to fetch');
    // That of the client tells whether it reaches geth, that of geth whether it hears from the client.
    expect(nodes.engine.calls.filter((call) => call === 'logs')).toHaveLength(2);
  });

  test('whose geth is at its genesis and holds each block for invalid says so, though it syncs by its own word', async () => {
    const syncing = { eth_syncing: { currentBlock: '0x0', highestBlock: '0x26' }, ...AT_GENESIS };
    const { ask, geth } = await pairThat(followingAnswers(1000, { is_optimistic: true }), syncing);
    for (const badhash of ['aa', 'bb'])
      geth().print(`WARN [11-21|10:01:07.300] Marked new chain head as invalid badhash=${badhash}`, 'stderr');
    const report = await ask();
    expect(report).toMatchObject({ healthy: false, sync: { state: 'refuses-blocks' }, consensus: { state: { state: 'optimistic' } } });
    expect(report.notes.join()).toContain('nodectl logs duo');
    expect(command.render(report, PLAIN)).toContain('takes no block');
  });

  test('whose geth died tells both', async () => {
    const { ask, geth } = await pairThat(followingAnswers(1000));
    geth().end(137);
    expect(await ask()).toMatchObject({ healthy: false, sync: { state: 'dead' }, consensus: { state: { state: 'execution-offline' } } });
  });

  test.each([
    [0, 'stopped', 'nodectl start duo'],
    [137, 'dead', 'nodectl logs duo --consensus'],
  ] as const)('whose client ended with %d is %s, though geth is at its head still', async (code, state, remedy) => {
    const { ask, client, rest } = await pairThat(followingAnswers(1000));
    client().end(code);
    const report = await ask();
    expect(report).toMatchObject({ healthy: false, sync: { state: 'at-head' }, consensus: { state: { state }, headSlot: null } });
    // The cause of a death stands before it, where it could be told in time.
    expect(report.notes.join()).toContain(remedy);
    expect(rest.asked()).toBe(0);
  });

  test('whose client was removed misses it', async () => {
    const { ask, nodes } = await pairThat(followingAnswers(1000));
    await nodes.engine.removeContainer('nodectl-duo.consensus', { force: true });
    const report = await ask();
    expect(report).toMatchObject({ healthy: false, consensus: { state: { state: 'missing' }, container: null } });
    expect(report.notes[0]).toContain('nodectl up --name duo');
  });

  test.each([
    ['hangs', 'hang'],
    ['answers with a page', { text: '<html>' }],
    ['answers with too much', { text: 'x'.repeat(300 * 1024) }],
    ['says that it cannot tell', { syncing: null }],
  ] as const)('whose client %s is told in time', async (_what, answers) => {
    const { ask } = await pairThat(answers);
    const before = Date.now();
    expect(await ask(300)).toMatchObject({ healthy: false, sync: { state: 'at-head' }, consensus: { state: { state: 'not-answering' } } });
    expect(Date.now() - before).toBeLessThan(3_000);
  });
});

test('of what is left of a pair without its geth says so', async () => {
  const { nodes } = await pairThat(followingAnswers(1000));
  await nodes.engine.removeContainer('nodectl-duo', { force: true });
  await expect(status({ node: 'duo', timeout: 1_000 }, nodes.world)).rejects.toMatchObject({
    code: 'NO_SUCH_NODE',
    message: expect.stringContaining('consensus client'),
    hint: expect.stringContaining('nodectl up'),
  });
});

test('a geth that drives itself, lacks blocks and has no peers is cut off', async () => {
  const http = await serveGeth(gethAnswers({ net_peerCount: '0x0', ...headOf(3_000) }));
  const nodes = fakeNodes();
  const consensus = { kind: 'builtin' as const, beaconApis: ['https://beacon.example'] };
  await nodes.add('solo', { network: 'hoodi', chainId: 560_048, ports: { http: http.port, ws: 1, p2p: 30_303 }, consensus });
  const solo = nodes.engine.containers.get('nodectl-solo');
  if (solo === undefined) throw new Error('no container');
  solo.observed = { ...solo.observed, startedAt: Date.now() - 3_600_000 };
  solo.print('INFO [11-21|10:09:01.046] Forkchoice requested sync to new head    number=1,210 hash=a38be3..648659', 'stderr');
  const report = await status({ node: 'solo', timeout: 2_000 }, nodes.world);
  validatesAgainst('status', report);
  expect(report).toMatchObject({ healthy: false, sync: { state: 'cut-off', told: 1210 } });
  expect(report.notes.join()).toContain('nodectl peers add solo');
  expect(command.render(report, PLAIN).split('\n')[0]).toContain('1210');
});

describe('why geth waits', () => {
  test.each([
    [null, 'no consensus client'],
    [{ kind: 'external', engine: { hostIp: '127.0.0.1', port: 8551 } }, '127.0.0.1:8551'],
    [{ kind: 'builtin', beaconApis: ['https://beacon.example'] }, 'https://beacon.example'],
  ] as const)('with %j is told', async (consensus, words) => {
    const http = await serveGeth(gethAnswers(AT_GENESIS));
    const nodes = fakeNodes();
    const ports = { http: http.port, ws: 1, p2p: 30_303 };
    const given =
      consensus === null ? null : 'beaconApis' in consensus ? { ...consensus, beaconApis: [...consensus.beaconApis] } : consensus;
    await nodes.add('solo', { network: 'hoodi', chainId: 560_048, ports, consensus: given });
    const report = await status({ node: 'solo', timeout: 2_000 }, nodes.world);
    expect(report).toMatchObject({
      healthy: false,
      consensus: null,
      sync: { state: 'waiting-for-consensus', reason: expect.stringContaining(words) },
    });
  });
});
