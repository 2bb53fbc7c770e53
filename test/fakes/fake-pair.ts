import type { ClientSpec } from '../../src/node/consensus/consensus-spec.ts';
import { LABEL_NODE, LABEL_ROLE, LABEL_SPEC } from '../../src/node/labels.ts';
import { consensusNames, nodeNetworkName, partNames, secretVolume } from '../../src/node/names.ts';
import { MIB } from '../../src/node/size.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import { makeDesired } from '../node/make-node.ts';
import type { FakeContainer } from './fake-container.ts';
import type { FakeEngine } from './fake-engine.ts';
import { fakeImage } from './fake-facts.ts';
import type { Program } from './fake-program.ts';

const IMAGE = `sha256:${'ab'.repeat(32)}`;

export function makeClient(over: Partial<ClientSpec> = {}): ClientSpec {
  return {
    kind: 'client',
    client: 'prysm',
    image: { ref: 'nodectl/prysm:v7.0.0', id: IMAGE, digest: null, origin: 'built' },
    memory: 400 * MIB,
    swap: 0,
    cpus: 0.25,
    ports: { rest: 3500, p2p: null },
    checkpoints: [],
    networkConfig: null,
    ...over,
  };
}

/** What runs in the container of a pair by its arguments: geth's, or a consensus client that ends in good order. */
export const pairProgram: Program = (args) => {
  if (args[0] === 'deaf-client') return { lines: [] };
  const client = args[0] === 'client';
  const text = client ? 'Got interrupt, shutting down...' : 'INFO [11-21|12:00:01.000] Blockchain stopped';
  const begun = client ? 'level=info msg="Starting beacon node"' : 'INFO [11-21|12:00:00.100] Started log indexer';
  return { lines: [{ stream: 'stderr', text: begun }], stopped: { exitCode: 0, lines: [text] } };
};

/** A geth with a consensus client beside it on a public network, as `up` would have made them; both run. */
export async function addPair(
  { engine }: { readonly engine: FakeEngine },
  name: string,
  over: Partial<NodeSpec> = {},
  client = makeClient(),
  words = ['client'],
) {
  const labels = (role: string) => ({ [LABEL_NODE]: name, [LABEL_ROLE]: role });
  await engine.createNetwork({ name: nodeNetworkName(name), labels: labels('network') });
  await engine.createVolume({ name: partNames(name).volume, labels: labels('execution') });
  await engine.createVolume({ name: consensusNames(name).volume, labels: labels('consensus') });
  await engine.createVolume({ name: secretVolume(name), labels: labels('secret') });
  const hoodi = { network: 'hoodi', chainId: 560_048, ports: { http: 8545, ws: 8546, p2p: 30_303 }, consensus: client };
  const geth = makeDesired({ ...hoodi, ...over }, name).container;
  engine.images.push(fakeImage('pair', { id: IMAGE }));
  await engine.createContainer(geth);
  await engine.startContainer(geth.name);
  const { container } = consensusNames(name);
  await engine.createContainer({
    name: container,
    image: IMAGE,
    args: words,
    env: {},
    labels: { ...labels('consensus'), [LABEL_SPEC]: JSON.stringify(client) },
    user: '1000:1000',
    limits: { memory: client.memory, memorySwap: client.memory + client.swap, nanoCpus: client.cpus * 1e9, pids: 512 },
    mounts: [
      { volume: secretVolume(name), target: '/secret', readOnly: true },
      { volume: consensusNames(name).volume, target: '/data' },
    ],
    tmpfs: {},
    ports: [{ hostIp: '127.0.0.1', hostPort: client.ports.rest, containerPort: 3500, protocol: 'tcp' }],
    stopTimeoutSeconds: 60,
    stopSignal: 'SIGTERM',
    restart: 'on-failure',
    log: { maxSize: '10m', maxFiles: 3 },
    readOnlyRoot: true,
    network: nodeNetworkName(name),
  });
  await engine.startContainer(container);
  const find = (part: string): FakeContainer => {
    const found = engine.containers.get(part);
    if (!found) throw new Error(`No container ${part}.`);
    return found;
  };
  return { geth: () => find(partNames(name).container), client: () => find(container) };
}
