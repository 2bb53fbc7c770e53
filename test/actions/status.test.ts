import { describe, expect, test } from 'vitest';
import { status } from '../../src/actions/status.ts';
import { command } from '../../src/cli/commands/status.ts';
import { PLAIN } from '../../src/cli/style.ts';
import { NodectlError } from '../../src/errors.ts';
import { GIB, MIB } from '../../src/node/size.ts';
import type { KernelLimits } from '../../src/ports/host.ts';
import { errorOfPromise } from '../error-code.ts';
import { devAnswers, serveGeth } from '../fakes/fake-geth.ts';
import { type FakeNodes, fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';

const ask = async ({ world }: FakeNodes, node?: string, timeout = 5000) => {
  const report = await status({ node, timeout }, world);
  expect(command.report.safeParse(report).error).toBeUndefined();
  return report;
};

describe('status of a dev node that runs', () => {
  test('tells container, limits, versions, ports, head and peers, and is healthy', async () => {
    const geth = await serveGeth(devAnswers());
    const nodes = fakeNodes();
    await nodes.add('dev', rpcOn(geth.port));
    const report = await ask(nodes, 'dev');
    expect(report).toMatchObject({
      node: 'dev',
      healthy: true,
      network: 'dev',
      chainId: 1337,
      mode: 'full',
      container: { name: 'nodectl-dev', state: 'running', exitCode: null, finishedAt: null },
      geth: { version: '1.17.8', answersAs: 'Geth/v1.17.8-stable/linux-amd64/go1.26.8' },
      image: { ref: 'ethereum/client-go:v1.17.8', origin: 'pulled' },
      limits: { memoryBytes: GIB, swapBytes: GIB, cpus: 0.5, pids: 512 },
      use: { memoryBytes: MIB, swapBytes: 0, diskBytes: 0, source: 'engine' },
      endpoints: { http: `http://127.0.0.1:${geth.port}` },
      sync: { state: 'at-head' },
      head: { number: 12 },
      finalized: null,
      peers: 0,
      txpool: null,
      notes: [],
    });
    expect(command.exit(report)).toBe(0);
  });

  test('costs one JSON-RPC request, and one inspection when the kernel proves that the container is here', async () => {
    const geth = await serveGeth(devAnswers());
    const usage = { memory: 3 * MIB, swap: 0, cpuNanoseconds: 5e6 };
    const nodes = fakeNodes({
      kernelLimits: () => kernel(nodes),
      kernelUsage: () => usage,
      directorySize: async () => 7 * MIB,
    });
    await nodes.add('dev', rpcOn(geth.port));
    nodes.engine.calls.length = 0;
    const report = await ask(nodes, 'dev');
    expect(nodes.engine.calls).toEqual(['inspect']);
    expect(geth.posts()).toBe(1);
    expect(report.use).toMatchObject({ memoryBytes: 3 * MIB, diskBytes: 7 * MIB, source: 'kernel' });
    expect(report.notes).toEqual([]);
  });

  test('notes a limit that the kernel does not hold', async () => {
    const geth = await serveGeth(devAnswers());
    const nodes = fakeNodes({ kernelLimits: () => ({ ...kernel(nodes), swap: undefined }) });
    await nodes.add('dev', rpcOn(geth.port));
    expect((await ask(nodes, 'dev')).notes.filter((note) => note.startsWith('swap'))).toHaveLength(1);
  });

  test('remembers the head that it saw', async () => {
    const nodes = fakeNodes();
    await nodes.add('dev', rpcOn((await serveGeth(devAnswers())).port));
    await ask(nodes, 'dev');
    expect(nodes.remembered.filter(({ kind }) => kind === 'head')).toEqual([
      { kind: 'head', data: { number: 12, hash: expect.stringMatching(/^0xabab/) } },
    ]);
  });

  test('reads in 80 columns', async () => {
    const nodes = fakeNodes();
    await nodes.add('dev', rpcOn((await serveGeth(devAnswers())).port));
    const text = command.render(await ask(nodes, 'dev'), PLAIN);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toContain('of 1 GiB');
  });
});

describe('status of a node that is not well', () => {
  test('reports what it has when JSON-RPC hangs, soon after the deadline, and exits 3', async () => {
    const nodes = fakeNodes();
    await nodes.add('dev', rpcOn((await serveGeth('hang')).port));
    const before = Date.now();
    const report = await ask(nodes, 'dev', 200);
    expect(Date.now() - before).toBeLessThan(1500);
    expect(report).toMatchObject({
      healthy: false,
      sync: { state: 'not-answering' },
      head: null,
      peers: null,
      limits: { memoryBytes: GIB },
    });
    expect(report.notes.some((note) => note.includes('JSON-RPC'))).toBe(true);
    expect(command.exit(report)).toBe(3);
    expect(nodes.remembered.filter(({ kind }) => kind === 'head')).toEqual([]);
  });

  test('tells exit code and out-of-memory of one that died, without asking its RPC', async () => {
    const geth = await serveGeth(devAnswers());
    const nodes = fakeNodes();
    await nodes.add('dev', rpcOn(geth.port));
    nodes.engine.containers.get('nodectl-dev')?.end(137, { oomKilled: true });
    const report = await ask(nodes, 'dev');
    expect(report).toMatchObject({
      healthy: false,
      sync: { state: 'dead' },
      container: { state: 'exited', exitCode: 137, oomKilled: true, uptimeMs: null },
      use: { memoryBytes: null },
    });
    expect(geth.posts()).toBe(0);
    expect(command.exit(report)).toBe(3);
  });

  test('says that geth stopped for want of disk, what gives it room, and exits 3', async () => {
    const nodes = fakeNodes();
    await nodes.add('dev', { storage: GIB, storageMode: 'sized' });
    const container = nodes.engine.containers.get('nodectl-dev');
    container?.print(
      'ERROR[11-21|20:12:49.268] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=1MiB',
    );
    container?.end(0);
    const report = await ask(nodes, 'dev');
    expect(report).toMatchObject({ healthy: false, sync: { state: 'stopped', reason: 'disk-low' } });
    expect(report.notes.join()).toContain('nodectl storage grow SIZE dev');
    expect(command.render(report, PLAIN)).toContain('dev: stopped: disk low');
    expect(command.exit(report)).toBe(3);
  });

  test('does not take what answers on its port for it when another chain does', async () => {
    const nodes = fakeNodes();
    await nodes.add('dev', rpcOn((await serveGeth(devAnswers({ eth_chainId: '0x1' }))).port));
    expect(await ask(nodes, 'dev')).toMatchObject({ healthy: false, sync: { state: 'wrong-chain', chainId: 1 } });
  });

  test("does not ask this machine's port for a node on another machine", async () => {
    const geth = await serveGeth(devAnswers());
    const nodes = fakeNodes();
    nodes.engine.facts = { ...nodes.engine.facts, local: false };
    await nodes.add('dev', rpcOn(geth.port));
    expect(await ask(nodes, 'dev')).toMatchObject({ sync: { state: 'not-answering' }, head: null });
    expect(geth.posts()).toBe(0);
  });

  test('names each call that this geth did not answer', async () => {
    const { net_peerCount: _left, ...rest } = devAnswers();
    const nodes = fakeNodes();
    await nodes.add('dev', rpcOn((await serveGeth(rest)).port));
    const report = await ask(nodes, 'dev');
    expect(report).toMatchObject({ healthy: true, peers: null });
    expect(report.notes).toEqual([expect.stringContaining('net_peerCount')]);
  });

  test('ends with TIMED_OUT when the engine itself is silent', async () => {
    const nodes = fakeNodes();
    await nodes.add('dev');
    nodes.engine.inspect = () => new Promise(() => {});
    expect((await errorOfPromise(status({ node: 'dev', timeout: 100 }, nodes.world))).code).toBe('TIMED_OUT');
  });

  test('reports without use when the engine fails to tell it', async () => {
    const nodes = fakeNodes();
    await nodes.add('dev', rpcOn((await serveGeth(devAnswers())).port));
    nodes.engine.failNext('usage', new NodectlError('ENGINE_FAILED', 'no statistics'));
    const report = await ask(nodes, 'dev');
    expect(report).toMatchObject({ healthy: true, use: { memoryBytes: null, source: null } });
    expect(report.notes).toHaveLength(1);
  });
});

describe('the age of the head', () => {
  const old = devAnswers({ eth_chainId: '0x7', net_peerCount: '0x5' });
  test.each([
    ['does not matter on a chain without peers', null, 'at-head'],
    ['makes a node stale on one with peers', 30_303, 'stale'],
  ] as const)('%s', async (_name, p2p, state) => {
    const { port } = await serveGeth(old);
    const nodes = fakeNodes();
    await nodes.add('private', { chainId: 7, network: 'private', ports: { http: port, ws: 1, p2p } });
    expect((await ask(nodes)).sync.state).toBe(state);
  });
});

describe('what only the log of geth tells', () => {
  const HEADERS = 'INFO [11-21|12:14:52.493] Syncing beacon headers                   downloaded=145,920 left=17,617,968 eta=1h23m32.815s';
  const genesis = {
    eth_getBlockByNumber: ([tag]: unknown[]) => (tag === 'latest' ? { number: '0x0', hash: '0xab', timestamp: '0x0' } : null),
  };

  /** A node of a public network that answers so, and has written such a line. */
  async function nodeThatSays(line: string, over: Parameters<typeof devAnswers>[0] | 'gone') {
    const { port } = over === 'gone' ? { port: 1 } : await serveGeth(devAnswers({ eth_chainId: '0x88bb0', net_peerCount: '0x5', ...over }));
    const nodes = fakeNodes();
    await nodes.add('hoodi', { chainId: 0x88bb0, network: 'hoodi', ports: { http: port, ws: 2, p2p: 30_303 } });
    nodes.engine.containers.get('nodectl-hoodi')?.print(line, 'stderr');
    return nodes;
  }

  test('is that it fetches headers, of which eth_syncing says nothing', async () => {
    const report = await ask(await nodeThatSays(HEADERS, genesis));
    expect(report).toMatchObject({ healthy: true, sync: { state: 'syncing', phase: 'headers', current: 145_920, highest: 17_763_888 } });
    expect(command.render(report, PLAIN).split('\n')[0]).toContain('header 145920 of 17763888 (0.8 %)');
  });

  test('is that it stops, when its RPC is gone and its container is not', async () => {
    const report = await ask(await nodeThatSays('INFO [11-21|02:57:49.358] Got interrupt, shutting down...', 'gone'));
    expect(report).toMatchObject({ healthy: false, sync: { state: 'stopping' }, container: { state: 'running' } });
  });

  test('is that its consensus client went silent, before the head is old', async () => {
    const said =
      'WARN [11-21|10:55:39.447] Beacon client online, but no consensus updates received in a while. Please fix your beacon client to follow the chain!';
    const head = { number: '0x64', hash: '0xab', timestamp: `0x${(Math.floor(Date.now() / 1000) - 200).toString(16)}` };
    const over = { eth_getBlockByNumber: ([tag]: unknown[]) => (tag === 'latest' ? head : null) };
    expect((await ask(await nodeThatSays(said, over))).sync).toMatchObject({ state: 'waiting-for-consensus', reason: expect.any(String) });
    expect((await ask(await nodeThatSays('nothing of matter', over))).sync.state).toBe('at-head');
  });
});

describe('a sync under way', () => {
  const HEALING = {
    currentBlock: '0x116b243',
    highestBlock: '0x116b285',
    healedTrienodes: '0x10',
    healingTrienodes: '0x1108',
    healingBytecode: '0x8',
  };
  const genesis = {
    eth_getBlockByNumber: ([tag]: unknown[]) => (tag === 'latest' ? { number: '0x0', hash: '0xab', timestamp: '0x0' } : null),
  };

  test('is told with its phase and what is pending, without a look at the log and without an estimate', async () => {
    const { port } = await serveGeth(devAnswers({ eth_chainId: '0x88bb0', net_peerCount: '0x5', eth_syncing: HEALING, ...genesis }));
    const nodes = fakeNodes();
    await nodes.add('hoodi', { chainId: 0x88bb0, network: 'hoodi', ports: { http: port, ws: 2, p2p: 30_303 } });
    nodes.engine.calls.length = 0;
    const report = await ask(nodes);
    expect(report.sync).toEqual({ state: 'syncing', phase: 'healing', current: 18_264_643, highest: 18_264_709, pending: 4_368 });
    expect(nodes.engine.calls).not.toContain('logs');
    expect(command.render(report, PLAIN).split('\n')[0]).toMatch(/healing.*4368/);
  });
});

describe('which node status is for', () => {
  test('is the only one when none is named', async () => {
    const nodes = fakeNodes();
    await nodes.add('solo', rpcOn((await serveGeth(devAnswers())).port));
    expect((await ask(nodes)).node).toBe('solo');
  });

  test('must be said when there are several; the error names them', async () => {
    const nodes = fakeNodes();
    await nodes.add('one', rpcOn(10_001));
    await nodes.add('two', rpcOn(10_003));
    const error = await errorOfPromise(ask(nodes));
    expect([error.code, error.exit]).toEqual(['NODE_AMBIGUOUS', 2]);
    expect(error.hint).toMatch(/one.*two/);
  });

  test('must exist; the error names those that do', async () => {
    const nodes = fakeNodes();
    expect((await errorOfPromise(ask(nodes))).code).toBe('NO_SUCH_NODE');
    await nodes.add('one');
    const error = await errorOfPromise(ask(nodes, 'tow'));
    expect([error.code, error.exit]).toEqual(['NO_SUCH_NODE', 5]);
    expect(error.hint).toContain('one');
  });

  test('is never a foreign container of that name', async () => {
    const nodes = fakeNodes();
    await nodes.add('dev');
    const container = nodes.engine.containers.get('nodectl-dev');
    if (container) container.observed = { ...container.observed, labels: {} };
    expect((await errorOfPromise(ask(nodes, 'dev'))).code).toBe('NAME_TAKEN');
  });

  test('is told apart from one of which only the chain is left', async () => {
    const nodes = fakeNodes();
    await nodes.engine.createVolume({ name: 'nodectl-old', labels: { 'nodectl.node': 'old' } });
    const error = await errorOfPromise(ask(nodes, 'old'));
    expect([error.code, error.hint]).toEqual(['NO_SUCH_NODE', expect.stringContaining('nodectl up')]);
  });
});

/** The kernel's files of the node's container, with every limit as it was made. */
function kernel(nodes: FakeNodes): KernelLimits {
  const id = nodes.engine.containers.get('nodectl-dev')?.id ?? '';
  return {
    cgroupVersion: 2,
    memory: GIB,
    swap: GIB,
    cpus: 0.5,
    pids: 512,
    sources: { memory: `/sys/fs/cgroup/docker-${id}.scope/memory.max` },
  };
}
