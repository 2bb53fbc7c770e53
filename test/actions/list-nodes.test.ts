import { expect, test } from 'vitest';
import { listNodes } from '../../src/actions/list-nodes.ts';
import { command } from '../../src/cli/commands/ls.ts';
import { PLAIN } from '../../src/cli/style.ts';
import { GIB } from '../../src/node/size.ts';
import { type FakeNodes, fakeNodes, rpcOn } from '../fakes/fake-nodes.ts';

const list = async ({ world }: FakeNodes) => {
  const report = await listNodes(world);
  expect(command.report.safeParse(report).error).toBeUndefined();
  return report;
};

test('an engine without nodes is an empty list, and no failure', async () => {
  const report = await list(fakeNodes());
  expect(report).toEqual({ nodes: [] });
  expect(command.exit(report)).toBe(0);
  expect(command.render(report, PLAIN)).toContain('nodectl up');
});

test('lists every node by name from one call to the engine, stopped ones with the ports they would have', async () => {
  const nodes = fakeNodes();
  await nodes.add('zoe', { ports: { http: 18_545, ws: 18_546, p2p: 30_303 } });
  await nodes.add('adam', rpcOn(28_545));
  nodes.engine.containers.get('nodectl-adam')?.end(1);
  nodes.engine.calls.length = 0;
  const { nodes: found } = await list(nodes);
  expect(nodes.engine.calls).toEqual(['list']);
  expect(found).toMatchObject([
    { node: 'adam', state: 'exited', ports: [28_545, 28_546] },
    { node: 'zoe', state: 'running', network: 'dev', mode: 'full', geth: '1.17.8', memoryBytes: GIB, ports: [18_545, 18_546, 30_303] },
  ]);
});

test('shows a node of which only a helper is left as half-made, and one with a broken label without its facts', async () => {
  const nodes = fakeNodes();
  await nodes.add('torn');
  await nodes.add('odd', rpcOn(28_545));
  const torn = nodes.engine.containers.get('nodectl-torn');
  const odd = nodes.engine.containers.get('nodectl-odd');
  if (torn) torn.observed = { ...torn.observed, name: 'nodectl-torn.helper' };
  if (odd) odd.observed = { ...odd.observed, labels: { ...odd.observed.labels, 'nodectl.spec': '{' } };
  const report = await list(nodes);
  expect(report.nodes).toMatchObject([
    { node: 'odd', state: 'running', network: null, memoryBytes: null },
    { node: 'torn', state: 'half-made', network: null },
  ]);
  expect(command.render(report, PLAIN)).toContain('half-made');
});

test('reads in 80 columns', async () => {
  const nodes = fakeNodes();
  await nodes.add('mainnet', { network: 'mainnet', mode: 'snap', geth: '1.17.10', ports: { http: 8545, ws: 8546, p2p: 30_303 } });
  const text = command.render(await list(nodes), PLAIN);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});
