import { resolveNetwork } from '../../src/actions/resolve-network.ts';
import { chainRecord } from '../../src/node/chain-record.ts';
import { containerSpec } from '../../src/node/container-spec.ts';
import type { DesiredNode } from '../../src/node/desired-node.ts';
import type { Asked } from '../../src/node/desired-spec.ts';
import { partNames } from '../../src/node/names.ts';
import type { NetworkProfile } from '../../src/node/profile.ts';
import { GIB } from '../../src/node/size.ts';
import type { NodeSpec } from '../../src/node/spec.ts';
import type { ContainerSpec, ContainerSummary, ObservedContainer, ObservedNode, ObservedVolume } from '../../src/ports/containers.ts';
import { PROFILES } from '../profile-files.ts';

/** Evidence of pure code: whole values that are right by themselves, of which a test overrides what matters. */

export const NOW = Date.parse('2026-11-21T12:00:00Z');

export function profileOf(name: string): NetworkProfile {
  return resolveNetwork(name, PROFILES).profile;
}

export const DEV = profileOf('dev');
export const MAINNET = profileOf('mainnet');

const IMAGE_ID = `sha256:${'ab'.repeat(32)}`;

/** A dev node of 1 GiB as `up --network dev --memory 1G --swap 1G --cpus 0.5` wants it. */
export function makeSpec(over: Partial<NodeSpec> = {}): NodeSpec {
  return {
    v: 1,
    network: 'dev',
    chainId: 1337,
    mode: 'full',
    geth: '1.17.8',
    image: { ref: 'ethereum/client-go:v1.17.8', id: IMAGE_ID, digest: null, origin: 'pulled' },
    memory: GIB,
    swap: GIB,
    cpus: 0.5,
    storage: null,
    ports: { http: 8545, ws: 8546, p2p: null },
    extra: [],
    custom: null,
    history: 'all',
    scheme: 'path',
    mining: null,
    lightPeers: 0,
    consensus: null,
    light: null,
    storageMode: null,
    ...over,
  };
}

export function makeDesired(over: Partial<NodeSpec> = {}, name = 'dev', profile = DEV): DesiredNode {
  const spec = makeSpec(over);
  return {
    name,
    spec,
    container: containerSpec(name, spec, profile, { fileLimit: 20_000, swappiness: undefined, nodectlVersion: '0.1.0' }),
    swapAccounting: true,
    chain: chainRecord(spec, undefined),
    files: [],
    newPassword: false,
    beside: undefined,
    secret: undefined,
  };
}

/** The container as the engine shows it after it was created from a spec; running unless said otherwise. */
export function makeContainer(spec: ContainerSpec, over: Partial<ObservedContainer> = {}): ObservedContainer {
  return {
    id: 'c0ffee'.repeat(10),
    name: spec.name,
    labels: spec.labels,
    imageId: spec.image,
    imageRef: spec.image,
    state: 'running',
    exitCode: 0,
    oomKilled: false,
    error: '',
    createdAt: NOW - 60_000,
    startedAt: NOW - 60_000,
    finishedAt: 0,
    restartCount: 0,
    pid: 4242,
    args: spec.args,
    env: { PATH: '/usr/local/bin', ...spec.env },
    limits: spec.limits,
    stopTimeoutSeconds: spec.stopTimeoutSeconds,
    mounts: spec.mounts.map((mount) => ({ ...mount, source: '/engine/volumes' })),
    ports: spec.ports,
    tty: false,
    log: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    addresses: {},
    ...over,
  };
}

export function makeVolume(name = 'dev', over: Partial<ObservedVolume> = {}): ObservedVolume {
  return {
    name: partNames(name).volume,
    labels: { 'nodectl.node': name, 'nodectl.role': 'execution', 'nodectl.network': name },
    mountpoint: '/engine/volumes',
    ...{ driver: 'local', options: {} },
    createdAt: NOW - 60_000,
    ...over,
  };
}

export function makeSummary(over: Partial<ContainerSummary> = {}): ContainerSummary {
  return { id: 'feed'.repeat(16), name: 'x', labels: {}, state: 'created', status: '', createdAt: NOW, ports: [], ...over };
}

export const NOTHING: ObservedNode = {
  container: undefined,
  volume: undefined,
  leftovers: [],
  consensus: undefined,
  volumes: [],
  foreign: [],
};

/** A node that is as desired. */
export function makeObserved(desired: DesiredNode, over: Partial<ObservedContainer> = {}): ObservedNode {
  const volume = makeVolume(desired.name);
  return { ...NOTHING, container: makeContainer(desired.container, over), volume, volumes: [volume] };
}

export function makeAsked(over: Partial<Asked> = {}): Asked {
  return {
    mode: undefined,
    history: undefined,
    mine: false,
    etherbase: undefined,
    lightPeers: undefined,
    geth: undefined,
    imageRef: undefined,
    imageSource: 'auto',
    memory: undefined,
    swap: undefined,
    cpus: undefined,
    storage: undefined,
    storageMode: undefined,
    extra: [],
    force: false,
    consensus: undefined,
    engine: undefined,
    beaconApis: [],
    ...over,
  };
}

/** A private clique chain, as its genesis makes it. */
export const OFFICE: NetworkProfile = {
  ...DEV,
  name: 'office',
  title: 'A private clique chain',
  chainId: 4242,
  flags: [],
  geth: { pinned: '1.13.15', minimum: '1.9.25', refused: [] },
  syncmodes: ['full', 'snap', 'fast', 'light'],
  private: { genesis: 'd1'.repeat(32), seal: 'clique', period: 1, bootnodes: [], staticPeers: [], beacon: null },
};

/** A node of that chain. */
export function makePrivate(over: Partial<NodeSpec> = {}, name = 'office'): DesiredNode {
  const office = { network: OFFICE.name, chainId: OFFICE.chainId, custom: OFFICE, geth: '1.13.15', scheme: 'hash' } as const;
  return makeDesired({ ...office, ...over }, name, OFFICE);
}
