import { describe, expect, test } from 'vitest';
import { consensusContainer } from '../../src/node/consensus/consensus-container.ts';
import { LABEL_CLIENT } from '../../src/node/labels.ts';
import { consensusNames, nodeNetworkName, secretVolume } from '../../src/node/names.ts';
import { planUp } from '../../src/node/plan.ts';
import { presentSpec } from '../../src/node/present.ts';
import { GIB } from '../../src/node/size.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import { stepText } from '../../src/node/step-text.ts';
import type { ContainerState, ObservedNode } from '../../src/ports/containers.ts';
import { errorOf } from '../error-code.ts';
import { makeClient } from '../fakes/fake-pair.ts';
import { MAINNET, makeContainer, makeDesired, makeObserved, makeSummary, makeVolume, NOTHING, NOW } from './make-node.ts';

const NAME = 'mainnet';
const AROUND = { fileLimit: 20_000, swappiness: undefined, nodectlVersion: '0.1.0' };

/** geth of 3 GiB with a Prysm of 1 GiB beside it. */
function makePair(over: Partial<NodeSpec> = {}, client = makeClient({ memory: GIB, ports: { rest: 5052, p2p: 9000 } })) {
  const desired = makeDesired({ network: NAME, chainId: 1, memory: 4 * GIB, cpus: 2, consensus: client, ...over }, NAME, MAINNET);
  const question = { node: NAME, spec: client, profile: MAINNET, checkpointUrl: 'https://a.example', network: nodeNetworkName(NAME) };
  return { ...desired, beside: { ...consensusContainer(question, AROUND), spec: client }, secret: { files: [], makesKey: true } };
}

type Pair = ReturnType<typeof makePair>;

function observe(pair: Pair, geth: ContainerState = 'running', client: ContainerState = 'running'): ObservedNode {
  const consensus = makeContainer(pair.beside.container, { state: client, id: 'beef'.repeat(16) });
  const named = (name: string, role: string) => makeVolume(NAME, { name, labels: { 'nodectl.node': NAME, 'nodectl.role': role } });
  const volumes = [named(secretVolume(NAME), 'secret'), named(consensusNames(NAME).volume, 'consensus')];
  const observed = makeObserved(pair, { state: geth });
  return { ...observed, consensus, volumes: [...observed.volumes, ...volumes] };
}

const planText = (desired: Parameters<typeof planUp>[0], observed: ObservedNode) =>
  planUp(desired, observed, NOW).steps.map((step) => `${stepText(step)}, because ${step.cause}`);

const pair = makePair();

describe('the plan of a pair', () => {
  test('for nothing makes geth, then its client, on one network and with one key', () => {
    expect(planText(pair, NOTHING)).toEqual([
      'create volume nodectl-mainnet, because the chain needs a place that outlives the container',
      "give volume nodectl-mainnet to geth's user, because geth runs as 1000:1000, not as root",
      "create network nodectl-mainnet, because its consensus client reaches geth's engine API there, and nobody else does",
      'create volume nodectl-mainnet.secret, because keys and addresses are kept where only the node reads them',
      'make a key in volume nodectl-mainnet.secret, because geth and its consensus client share one; a volume that has it stays as it is',
      'create container nodectl-mainnet, because the node has no container',
      'start container nodectl-mainnet, because a new container is not running',
      'create volume nodectl-mainnet.consensus, because the beacon chain needs a place that outlives the container',
      'put nodectl/prysm.yaml into volume nodectl-mainnet.consensus, because the client runs as 1000:1000, not as root',
      'create container nodectl-mainnet.consensus, because geth follows what its consensus client tells it',
      'start container nodectl-mainnet.consensus, because a new container is not running',
    ]);
    const volume = planUp(pair, NOTHING, NOW).steps.find(
      (step) => step.kind === 'create-volume' && step.volume.name.endsWith('.consensus'),
    );
    expect(volume).toMatchObject({ volume: { labels: { 'nodectl.role': 'consensus', [LABEL_CLIENT]: 'prysm' } } });
  });

  test('that is as desired is empty', () => {
    expect(planText(pair, observe(pair))).toEqual([]);
  });

  test('for another client memory makes the client alone anew', () => {
    const other = makePair({ memory: 5 * GIB }, makeClient({ memory: 2 * GIB, ports: { rest: 5052, p2p: 9000 } }));
    const names = planUp(other, observe(pair), NOW).steps.map((step) => stepText(step).split(' (')[0]);
    expect(names).toEqual([
      'create network nodectl-mainnet',
      'make a key in volume nodectl-mainnet.secret',
      'create container nodectl-mainnet.consensus.next',
      'stop container nodectl-mainnet.consensus',
      'put nodectl/prysm.yaml into volume nodectl-mainnet.consensus',
      'remove container nodectl-mainnet.consensus',
      'rename container nodectl-mainnet.consensus.next to nodectl-mainnet.consensus',
      'start container nodectl-mainnet.consensus',
    ]);
    expect(planUp(other, observe(pair), NOW).drift.map(({ field }) => field)).toEqual(['consensus memory', 'consensus environment']);
  });

  test.each([
    ['exited', 'running', ['create network', 'start container nodectl-mainnet,']],
    ['running', 'exited', ['create network', 'start container nodectl-mainnet.consensus,']],
    ['exited', 'exited', ['create network', 'start container nodectl-mainnet,', 'start container nodectl-mainnet.consensus,']],
  ] as const)('starts what is stopped: geth %s, its client %s', (geth, client, starts) => {
    const steps = planText(pair, observe(pair, geth, client));
    expect(steps.map((step, index) => step.startsWith(starts[index] ?? 'nothing more'))).toEqual(starts.map(() => true));
  });

  test('takes the client away before geth is changed, and leaves its volume', () => {
    const alone = makeDesired({ network: NAME, chainId: 1, memory: 4 * GIB, cpus: 2 }, NAME, MAINNET);
    expect(planText(alone, observe(pair)).slice(0, 3)).toEqual([
      'stop container nodectl-mainnet.consensus (waits up to 60 s for its clean close), because the node shall have no consensus client of its own',
      'remove container nodectl-mainnet.consensus, because the node shall have no consensus client of its own (its volume stays)',
      'create container nodectl-mainnet.next, because changed: memory, cpus, consensus, geth arguments',
    ]);
  });

  test('uses the client that a killed run made, and removes what is left of making the key', () => {
    const successor = makeSummary({ name: consensusNames(NAME).successor, labels: pair.beside.container.labels });
    const gone = { ...observe(pair), consensus: undefined, leftovers: [successor] };
    expect(planText(pair, gone).map((text) => text.split(',')[0])).toContain(
      'rename container nodectl-mainnet.consensus.next to nodectl-mainnet.consensus',
    );
    const mark = makeSummary({ name: `${secretVolume(NAME)}.mark`, labels: { 'nodectl.node': NAME } });
    expect(planUp(pair, { ...observe(pair), leftovers: [mark] }, NOW).steps).toMatchObject([{ kind: 'remove-leftover' }]);
    expect(planUp(pair, { ...NOTHING, leftovers: [mark] }, NOW).steps.map(({ kind }) => kind)).not.toContain('remove-leftover');
  });

  test('leaves a client alone that somebody paused, and a container under its name that is not ours', () => {
    expect(errorOf(() => planUp(pair, observe(pair, 'running', 'paused'), NOW)).code).toBe('CONTAINER_PAUSED');
    const foreign = makeContainer(pair.beside.container, { labels: {} });
    expect(errorOf(() => planUp(pair, { ...observe(pair), consensus: foreign }, NOW)).code).toBe('NAME_TAKEN');
  });

  test('is refused where the network of its parts is somebody else’s, which a node without one does not mind', () => {
    const foreign = [{ kind: 'network', name: nodeNetworkName(NAME) }] as const;
    expect(errorOf(() => planUp(pair, { ...NOTHING, foreign }, NOW)).code).toBe('NAME_TAKEN');
    expect(errorOf(() => planUp(pair, { ...observe(pair), foreign }, NOW)).code).toBe('NAME_TAKEN');
    const alone = makeDesired({}, NAME);
    expect(planUp(alone, { ...NOTHING, foreign }, NOW).steps).not.toEqual([]);
  });
});

test('a node’s limits are those of both parts as the engine holds them', () => {
  const { container, consensus } = observe(pair);
  expect(presentSpec(container, consensus)).toMatchObject({ memory: 4 * GIB, cpus: 2, consensus: { memory: GIB, cpus: 0.25 } });
  expect(presentSpec(container)).toMatchObject({ memory: 4 * GIB, cpus: 2 });
  const grown = consensus && { ...consensus, limits: { ...consensus.limits, memory: 2 * GIB, memorySwap: 2 * GIB, nanoCpus: 1e9 } };
  expect(presentSpec(container, grown)).toMatchObject({ memory: 5 * GIB, cpus: 2.75, consensus: { memory: 2 * GIB, cpus: 1 } });
});
