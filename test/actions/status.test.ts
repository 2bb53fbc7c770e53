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
    expect(nodes.remembered).toEqual([{ kind: 'head', data: { number: 12, hash: expect.stringMatching(/^0xabab/) } }]);
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
    expect(nodes.remembered).toEqual([]);
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
