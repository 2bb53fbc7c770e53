import { describe, expect, test } from 'vitest';
import { planUp } from '../../src/node/plan.ts';
import { GIB } from '../../src/node/size.ts';
import { stepText } from '../../src/node/step-text.ts';
import type { ObservedNode } from '../../src/ports/containers.ts';
import { errorOf } from '../error-code.ts';
import { makeContainer, makeDesired, makeObserved, makeSummary, makeVolume, NOTHING, NOW } from './make-node.ts';

const desired = makeDesired();
const asDesired = makeObserved(desired);
const helper = makeSummary({ name: 'nodectl-dev.helper', labels: { 'nodectl.node': 'dev', 'nodectl.role': 'helper' } });

/** The plan as a person reads it in a dry run. */
const planText = (observed: ObservedNode, over: Parameters<typeof makeDesired>[0] = {}) =>
  planUp(makeDesired(over), observed, NOW).steps.map((step) => `${stepText(step)}, because ${step.cause}`);

const OWN = "give volume nodectl-dev to geth's user, because geth runs as 1000:1000, not as root";
const CREATE = 'create container nodectl-dev, because the node has no container';
const START = 'start container nodectl-dev, because a new container is not running';
const HELPER = 'remove leftover container feedfeedfeed, because nodectl-dev.helper was left by an interrupted run';

describe('the plan', () => {
  test('for nothing is a volume, then a container', () => {
    expect(planText(NOTHING)).toEqual([
      'create volume nodectl-dev, because the chain needs a place that outlives the container',
      OWN,
      CREATE,
      START,
    ]);
  });

  test('for a node that is as desired is empty', () => {
    expect(planText(asDesired)).toEqual([]);
  });

  test('leaves a container alone that somebody paused', () => {
    const paused = makeObserved(desired, { state: 'paused' });
    expect(errorOf(() => planUp(desired, paused, NOW)).code).toBe('CONTAINER_PAUSED');
  });

  test('for a volume that `down` kept is a container', () => {
    expect(planText({ ...NOTHING, volume: makeVolume() })).toEqual([OWN, CREATE, START]);
  });

  test('leaves the owner of a new volume to an image that nodectl built', () => {
    const built = { image: { ref: 'nodectl/geth:v1.17.8', id: 'sha256:1', digest: null, origin: 'built' } } as const;
    const volume = 'create volume nodectl-dev, because the chain needs a place that outlives the container';
    expect(planText(NOTHING, built)).toEqual([volume, CREATE, START]);
    expect(planText({ ...NOTHING, volume: makeVolume() }, built)).toEqual([OWN, CREATE, START]);
  });

  test('starts with the image where its id is not known yet', () => {
    const image = { ref: 'geth 1.17.8', id: '', digest: null, origin: 'pulled' } as const;
    expect(planText(NOTHING, { image })[0]).toBe('provide image geth 1.17.8, because its id is to be pinned in the label');
    expect(planText(asDesired, { image })[0]).toMatch(/^provide image /);
  });

  test.each([
    ['created', 0, 'it was created and never started'],
    ['exited', 137, 'it ended with exit code 137'],
  ] as const)('for a container that is %s is to start it', (state, exitCode, cause) => {
    expect(planText(makeObserved(desired, { state, exitCode, startedAt: 0 }))).toEqual([`start container nodectl-dev, because ${cause}`]);
  });

  test('for changed CPUs is one change while it runs', () => {
    expect(planText(asDesired, { cpus: 1 })).toEqual(['change limits of nodectl-dev while it runs, because changed: cpus 0.5 → 1']);
    const [step] = planUp(makeDesired({ cpus: 1 }), asDesired, NOW).steps;
    expect(step).toMatchObject({ kind: 'update-limits', limits: { memory: GIB, memorySwap: 2 * GIB, nanoCpus: 1e9 } });
  });

  test('for changed memory makes a successor before it removes the container, and keeps the volume', () => {
    expect(planText(asDesired, { memory: 2 * GIB })).toEqual([
      'create container nodectl-dev.next, because changed: memory, geth arguments',
      'stop container nodectl-dev (waits up to 300 s for its clean close), because changed: memory, geth arguments',
      'remove container nodectl-dev, because changed: memory, geth arguments (the volume stays)',
      'rename container nodectl-dev.next to nodectl-dev, because it takes the place of the removed one',
      START,
    ]);
  });

  test('for a changed container that is stopped does not stop it again', () => {
    const kinds = planUp(makeDesired({ mode: 'archive' }), makeObserved(desired, { state: 'exited' }), NOW).steps.map(({ kind }) => kind);
    expect(kinds).toEqual(['create-container', 'remove-container', 'rename-container', 'start-container']);
  });

  test('uses the successor that a killed run made', () => {
    const changed = makeDesired({ memory: 2 * GIB });
    const successor = makeSummary({ name: 'nodectl-dev.next', labels: changed.container.labels });
    expect(planText({ ...asDesired, leftovers: [successor] }, { memory: 2 * GIB }).map((text) => text.split(',')[0])).toEqual([
      'stop container nodectl-dev (waits up to 300 s for its clean close)',
      'remove container nodectl-dev',
      'rename container nodectl-dev.next to nodectl-dev',
      'start container nodectl-dev',
    ]);
    expect(planText({ ...NOTHING, volume: makeVolume(), leftovers: [successor] }, { memory: 2 * GIB })).toEqual([
      'rename container nodectl-dev.next to nodectl-dev, because its predecessor is removed already',
      START,
    ]);
  });

  test('removes the successor that came too late: the container is as desired already', () => {
    const successor = makeSummary({ name: 'nodectl-dev.next', labels: desired.container.labels });
    expect(planUp(desired, { ...asDesired, leftovers: [successor] }, NOW).steps).toMatchObject([{ kind: 'remove-leftover', force: false }]);
  });

  test('removes the successor that is not wanted any more', () => {
    const successor = makeSummary({ name: 'nodectl-dev.next', labels: makeDesired({ memory: 3 * GIB }).container.labels });
    expect(planText({ ...asDesired, leftovers: [successor] })).toEqual([
      'remove leftover container feedfeedfeed, because nodectl-dev.next was left by an interrupted run',
    ]);
  });

  test('removes a helper once the container exists, not while one may still need it', () => {
    expect(planText({ ...asDesired, leftovers: [helper] })).toEqual([HELPER]);
    expect(planText({ ...NOTHING, leftovers: [helper] })).not.toContain(HELPER);
  });

  test('removes a throw-away container only when it is old', () => {
    const at = (createdAt: number) => planText({ ...asDesired, leftovers: [makeSummary({ name: 'nodectl-run-1', createdAt })] }).length;
    expect([at(NOW - 1_000), at(NOW - 120_000)]).toEqual([0, 1]);
  });

  test.each(['dead', 'removing'] as const)('makes a new container of one that the engine holds as %s', (state) => {
    const kinds = planUp(desired, makeObserved(desired, { state }), NOW).steps.map(({ kind }) => kind);
    expect(kinds).toEqual(['remove-container', 'prepare-volume', 'create-container', 'start-container']);
  });

  test('of a container whose label cannot be read is a new one', () => {
    const container = makeContainer(desired.container, { labels: { 'nodectl.node': 'dev' } });
    expect(planUp(desired, { ...asDesired, container }, NOW)).toMatchObject({ drift: [{ field: 'spec', live: false }] });
  });
});

describe('what is not this node’s is left alone', () => {
  test.each([
    ['a container without our label', { ...asDesired, container: makeContainer(desired.container, { labels: {} }) }],
    ['another node’s container', { ...asDesired, container: makeContainer(makeDesired({}, 'other').container, { name: 'nodectl-dev' }) }],
    ['a volume without our label', { ...NOTHING, foreign: [{ kind: 'volume', name: 'nodectl-dev' }] }],
    ['a volume for secrets without our label', { ...asDesired, foreign: [{ kind: 'volume', name: 'nodectl-dev.secret' }] }],
  ] as const)('%s: NAME_TAKEN', (_what, observed) => {
    expect(errorOf(() => planUp(desired, observed, NOW))).toMatchObject({ code: 'NAME_TAKEN', exit: 4 });
  });
});
