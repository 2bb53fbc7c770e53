import { LABEL_NODE, LABEL_ROLE } from '../../src/node/labels.ts';
import { partNames } from '../../src/node/names.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import { MAINNET, makeDesired } from '../node/make-node.ts';
import { FakeConsoles } from './fake-console.ts';
import type { FakeEngine } from './fake-engine.ts';
import { fakeImage } from './fake-facts.ts';
import { upWorld } from './up-world.ts';

/** A private chain whose genesis has this digest. */
export function chainSpec(genesis = 'c1'.repeat(32)): Pick<NodeSpec, 'network' | 'chainId' | 'geth' | 'custom'> {
  const chain = { genesis, seal: 'clique', period: 5, bootnodes: [], staticPeers: [], beacon: null } as const;
  const custom = { ...MAINNET, name: 'lab', chainId: 77001, private: { ...chain, bootnodes: [], staticPeers: [], beacon: null } };
  return { network: 'lab', chainId: 77001, geth: '1.13.15', custom };
}

/** Running nodes on a fake engine whose geths can be asked through their consoles. */
export function privateNodes() {
  const world = upWorld();
  const consoles = new FakeConsoles(world.engine);
  const add = (name: string, over: Partial<NodeSpec> = chainSpec()) => addNode(world.engine, name, over);
  return { ...world, consoles, add };
}

async function addNode(engine: FakeEngine, name: string, over: Partial<NodeSpec>): Promise<void> {
  const { container } = makeDesired({ ports: { http: 1, ws: 2, p2p: null }, ...over }, name, over.custom ?? MAINNET);
  if (!engine.images.some(({ id }) => id === container.image)) engine.images.push(fakeImage('geth', { id: container.image }));
  await engine.createNetwork({ name: container.network, labels: { [LABEL_ROLE]: 'network' } });
  await engine.createVolume({ name: partNames(name).volume, labels: { [LABEL_NODE]: name } });
  await engine.createContainer({ ...container, ports: [] });
  await engine.startContainer(container.name);
}
