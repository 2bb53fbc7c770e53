import type { Eyes, Subject, Tenant } from '../../src/host/check.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import type { ObservedContainer, ObservedVolume } from '../../src/ports/containers.ts';
import { FAKE_INFO } from '../fakes/fake-facts.ts';
import type { FakeMachine } from '../fakes/fake-machine.ts';
import { makeContainer, makeDesired, makeVolume, NOW } from '../node/make-node.ts';

/** Eyes on a machine in memory with an engine that runs on it; override what matters. */
export function eyesOn(machine: FakeMachine, over: Partial<Eyes> = {}): Eyes {
  return {
    ...{
      files: machine.hostFiles,
      engine: { info: { ...FAKE_INFO, rootDir: '/var/lib/docker' } },
      now: NOW,
      published: [],
      freeHistory: [],
      volumes: [],
    },
    portTaken: async () => false,
    ask: async () => undefined,
    syncTimes: async () => undefined,
    ...over,
  };
}

/** Nobody in particular: only the nodes that exist count, and there is none. */
export const NOBODY: Subject = {
  ...{ network: undefined, memory: undefined, swap: undefined, storage: undefined, cpus: undefined, runtime: undefined, tenants: [] },
};

/** A node as it stands on the engine. */
export function tenant(
  name = 'dev',
  over: { spec?: Partial<NodeSpec>; container?: Partial<ObservedContainer>; volume?: Partial<ObservedVolume> } = {},
): Tenant {
  const desired = makeDesired(over.spec, name);
  return {
    name,
    spec: desired.spec,
    container: makeContainer(desired.container, over.container),
    volume: makeVolume(name, over.volume),
  };
}
