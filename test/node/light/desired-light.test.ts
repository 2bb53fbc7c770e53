import { describe, expect, it } from 'vitest';
import type { ChainRecord } from '../../../src/node/chain-record.ts';
import type { DesiredNode } from '../../../src/node/desired-node.ts';
import { chooseBackend, desiredLight } from '../../../src/node/light/desired-light.ts';
import { lightBackend } from '../../../src/node/light/light-backends.ts';
import { lightContainer } from '../../../src/node/light/light-container.ts';
import type { LightSpec } from '../../../src/node/light/light-spec.ts';
import { isLightClient, modeOf, refuseOtherKind } from '../../../src/node/light/refuse-other-kind.ts';
import { planUp } from '../../../src/node/plan.ts';
import type { NetworkProfile } from '../../../src/node/profile.ts';
import { GIB, MIB } from '../../../src/node/size.ts';
import type { NodeSpec } from '../../../src/node/spec.ts';
import { errorOf } from '../../error-code.ts';
import { DEV, MAINNET, makeAsked, makeContainer, makeSpec, makeVolume, NOTHING, NOW, profileOf } from '../make-node.ts';

const nimbus = lightBackend('nimbus-verified-proxy');
const host = { memory: 4 * GIB, cpus: 2, swapTotal: 4 * GIB, swapClaimed: 0 };
const ports = { http: 8545, ws: 8546, p2p: null };
const light: LightSpec = {
  backend: 'nimbus-verified-proxy',
  executionRpcs: ['https://rpc.example'],
  beaconApis: ['https://a.example', 'https://b.example'],
  own: { execution: false, beacon: false },
};
const desire = (over: Parameters<typeof makeAsked>[0] = {}, present?: NodeSpec) =>
  desiredLight(makeAsked(over), present, MAINNET, host, ports, nimbus, light).spec;
const around = { fileLimit: 20_000, swappiness: undefined, nodectlVersion: '0.1.0' };

const chain = (forks: readonly string[]): NetworkProfile => ({
  ...MAINNET,
  name: 'office',
  private: {
    ...{ genesis: 'ab', seal: 'engine', period: null, bootnodes: [], staticPeers: [] },
    beacon: {
      ...{ config: 'c', genesisState: 'd', bootnodes: [], staticPeers: [], genesisTime: 1, validatorsRoot: `0x${'0'.repeat(64)}` },
      ...{ slotSeconds: 12, epochSlots: 32, committeeEpochs: 256 },
      forks: forks.map((name) => ({ name, epoch: 0 })),
    },
  },
});

describe('which light client a network gets', () => {
  it.each(['mainnet', 'sepolia', 'hoodi'])('is Nimbus Verified Proxy on %s', (name) => {
    expect(chooseBackend(undefined, undefined, profileOf(name)).name).toBe('nimbus-verified-proxy');
  });

  it('is the Lodestar prover on a private network whose forks it knows', () => {
    expect(chooseBackend(undefined, undefined, chain(['GENESIS', 'ELECTRA'])).name).toBe('lodestar-prover');
    expect(errorOf(() => chooseBackend(undefined, undefined, chain(['ELECTRA', 'FULU']))).code).toBe('UNSUPPORTED_MODE');
    expect(errorOf(() => chooseBackend('lodestar-prover', undefined, chain(['FULU']))).message).toContain('FULU');
  });

  it('is none where the profile of a private network names no beacon chain', () => {
    const unknown = chain([]);
    const without = { ...unknown, private: unknown.private && { ...unknown.private, beacon: null } };
    expect(errorOf(() => chooseBackend(undefined, undefined, without)).code).toBe('UNSUPPORTED_MODE');
  });

  it('is not one that does not know the network', () => {
    expect(errorOf(() => chooseBackend('lodestar-prover', undefined, MAINNET)).code).toBe('UNSUPPORTED_OPTION');
    expect(errorOf(() => chooseBackend('nimbus-verified-proxy', undefined, chain(['ELECTRA']))).code).toBe('UNSUPPORTED_OPTION');
  });

  it('takes geth’s place only where a beacon chain makes the blocks', () => {
    expect(isLightClient('light', MAINNET)).toBe(true);
    expect(isLightClient('snap', MAINNET)).toBe(false);
    expect(isLightClient('light', DEV)).toBe(false);
  });
});

describe('the spec of a light node', () => {
  it('has no geth, no chain and 512 MiB', () => {
    expect(desire()).toMatchObject({ mode: 'light', geth: '', memory: 512 * MIB, swap: 512 * MIB, storage: null, consensus: null, light });
  });

  it('keeps its own limits and image, never those of a geth', () => {
    const present = {
      ...desire({ memory: GIB }),
      image: { ref: nimbus.image.reference, id: 'sha256:1', digest: 'a@sha256:1', origin: 'pulled' },
    } as const;
    expect(desire({}, present)).toMatchObject({ memory: GIB, image: present.image });
    expect(desire({}, makeSpec({ memory: 8 * GIB }))).toMatchObject({ memory: 512 * MIB, image: { id: '', ref: nimbus.image.reference } });
  });

  it('takes an image of one’s own by a reference that does not move', () => {
    const ref = `statusim/nimbus-verified-proxy@sha256:${'cd'.repeat(32)}`;
    expect(desire({ imageRef: ref }).image).toEqual({ ref, id: '', digest: null, origin: 'given' });
    expect(errorOf(() => desire({ imageRef: 'statusim/nimbus-verified-proxy' })).code).toBe('USAGE');
  });

  it.each([
    { geth: '1.17.8' },
    { mine: true },
    { etherbase: `0x${'1'.repeat(40)}` },
    { history: 'all' as const },
    { lightPeers: 1 },
    { consensus: 'prysm' as const },
    { storage: GIB },
    { extra: ['--cache', '1'] },
  ])('refuses what only geth can do: %j', (over) => {
    expect(errorOf(() => desire(over)).code).toBe('UNSUPPORTED_OPTION');
  });

  it('refuses too little memory, unless forced', () => {
    expect(errorOf(() => desire({ memory: 128 * MIB })).code).toBe('IMPOSSIBLE_BUDGET');
    expect(desire({ memory: 128 * MIB, force: true }).memory).toBe(128 * MIB);
  });
});

describe('the container of a light node', () => {
  it('publishes what its client serves, on loopback, and says nothing of whom it asks outside its label’s hosts', () => {
    const container = lightContainer('mainnet', desire(), nimbus, around);
    expect(container).toMatchObject({
      name: 'nodectl-mainnet',
      args: [],
      env: {},
      mounts: [{ volume: 'nodectl-mainnet', target: '/config' }],
      ...{ user: '1000:1000', readOnlyRoot: true, stopSignal: 'SIGINT', stopTimeoutSeconds: 20, network: 'bridge' },
    });
    expect(container.ports.map(({ hostIp, containerPort }) => [hostIp, containerPort])).toEqual([
      ['127.0.0.1', 8545],
      ['127.0.0.1', 8546],
    ]);
    expect(lightContainer('x', desire(), lightBackend('lodestar-prover'), around).ports).toHaveLength(1);
  });
});

describe('the plan of a light node', () => {
  const spec = { ...desire(), image: { ref: 'r', id: 'sha256:1', digest: null, origin: 'given' } } as const;
  const container = lightContainer('mainnet', spec, nimbus, around);
  const files = [{ path: 'proxy.toml', content: 'x', mode: 0o600 }];
  const record: ChainRecord = { v: 1, network: 'mainnet', custom: null, geth: '', scheme: null, history: 'all' };
  const desired: DesiredNode = {
    ...{ name: 'mainnet', spec, container, files, chain: record, swapAccounting: true, newPassword: false },
    ...{ beside: undefined, secret: undefined },
  };
  const volume = makeVolume('mainnet');
  const kinds = (over: Partial<DesiredNode>, state?: 'running' | 'exited') => {
    const observed = state && { ...NOTHING, container: makeContainer(container, { state }), volume, volumes: [volume] };
    return planUp({ ...desired, ...over }, observed ?? NOTHING, NOW).steps.map(({ kind }) => kind);
  };

  it('puts its configuration into the volume before the container is made', () => {
    expect(kinds({})).toEqual(['create-volume', 'prepare-volume', 'create-container', 'start-container']);
  });

  it('begins no chain of a private network, and joins no network of it', () => {
    const office = chain(['ELECTRA']);
    expect(kinds({ spec: { ...spec, custom: office } })).not.toContain('init-chain');
    expect(kinds({ spec: { ...spec, custom: office } })).not.toContain('create-network');
  });

  it('writes the configuration anew before a stopped one starts, and around a restart when other servers are named', () => {
    expect(kinds({ refresh: 'a fresh root' }, 'exited')).toEqual(['prepare-volume', 'start-container']);
    expect(kinds({ refresh: 'other servers' }, 'running')).toEqual(['stop-container', 'prepare-volume', 'start-container']);
    expect(kinds({}, 'running')).toEqual([]);
  });

  it('lets neither a light client nor a geth take over the volume of the other', () => {
    expect(errorOf(() => refuseOtherKind('mainnet', true, { ...record, geth: '1.17.8' })).code).toBe('WRONG_VOLUME');
    expect(errorOf(() => refuseOtherKind('mainnet', false, record)).code).toBe('WRONG_VOLUME');
    expect(() => refuseOtherKind('mainnet', true, record)).not.toThrow();
    expect(() => refuseOtherKind('mainnet', false, undefined)).not.toThrow();
  });

  it('is that of a light client again where only its volume is left', () => {
    expect(modeOf(undefined, undefined, record, MAINNET)).toBe('light');
    expect(modeOf(undefined, undefined, { ...record, geth: '1.17.8' }, MAINNET)).toBe('snap');
    expect(modeOf('full', undefined, record, MAINNET)).toBe('full');
  });
});
