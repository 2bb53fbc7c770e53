import { ethersRpc } from '../../src/adapters/ethers-rpc.ts';
import { httpWeb } from '../../src/adapters/http-web.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';
import { NodectlError } from '../../src/errors.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import type { Host } from '../../src/ports/host.ts';
import type { HostFiles } from '../../src/ports/host-files.ts';
import type { JournalRecord, World } from '../../src/ports.ts';
import { makeDesired } from '../node/make-node.ts';
import { FakeEngine } from './fake-engine.ts';
import { fakeImage } from './fake-facts.ts';

export interface FakeNodes {
  readonly engine: FakeEngine;
  readonly world: World;
  readonly remembered: Omit<JournalRecord, 'time'>[];
  /** Aborts the world's signal, as Ctrl-C does. */
  readonly interrupt: () => void;
  /** Creates and starts a node whose RPC is published on `http`. */
  add(name: string, over?: Partial<NodeSpec>): Promise<void>;
}

/** A host that knows nothing, so that the engine's word counts; override what matters. */
const BLIND: Host = {
  memory: () => undefined,
  kernelLimits: () => undefined,
  kernelUsage: () => undefined,
  kernelStrain: () => undefined,
  kernelCounters: () => undefined,
  engineFileLimit: () => undefined,
  swappiness: () => undefined,
  portTaken: async () => false,
  directorySize: async () => undefined,
  directorySizes: async () => undefined,
  diskFree: () => undefined,
};

/** A machine whose files tell nothing. */
const NO_FILES: HostFiles = {
  read: () => ({ failure: 'missing' }),
  list: () => undefined,
  status: () => undefined,
  filesystem: () => undefined,
  link: () => undefined,
  uid: 0,
};

/** Nodes on a fake engine, with the real JSON-RPC adapter and the real clock. */
export function fakeNodes(host: Partial<Host> = {}): FakeNodes {
  const engine = new FakeEngine();
  const remembered: Omit<JournalRecord, 'time'>[] = [];
  const interruption = new AbortController();
  const never = () => Promise.reject(new Error('not needed here'));
  const world: World = {
    engine: async () => engine,
    rpc: async () => ethersRpc(),
    web: async () => httpWeb(),
    host: async () => ({ ...BLIND, ...host }),
    hostFiles: async () => NO_FILES,
    kernelLog: async () => ({ read: async () => ({ blind: 'a test has no kernel' }) }),
    journal: async () => ({ append: (_node, record) => void remembered.push(record), read: () => [] }),
    ...{
      builder: never,
      packer: never,
      packages: never,
      installer: never,
      profiles: never,
      hostQuestions: never,
      hostChanges: never,
      archives: never,
      folderMoves: never,
      terminal: never,
      metricsServer: never,
      bundles: never,
    },
    clock: systemClock(),
    console: {
      notice() {},
      warn() {},
      progress() {},
      confirm: never,
      secret: () => Promise.reject(new NodectlError('USAGE', 'Nobody can be asked.')),
    },
    signal: interruption.signal,
  };
  const add = async (name: string, over: Partial<NodeSpec> = {}) => {
    const { container } = makeDesired(over, name);
    if (engine.images.length === 0) engine.images.push(fakeImage('geth', { id: container.image }));
    await engine.createContainer(container);
    await engine.startContainer(container.name);
  };
  return { engine, world, remembered, interrupt: () => interruption.abort('SIGINT'), add };
}

/** Ports of a dev node whose RPC is on `http`. */
export function rpcOn(http: number): Pick<NodeSpec, 'ports'> {
  return { ports: { http, ws: http === 65_535 ? 1 : http + 1, p2p: null } };
}
