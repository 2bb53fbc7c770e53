import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { LightRequest } from '../../../src/node/light/light-backend.ts';
import { lightBackend } from '../../../src/node/light/light-backends.ts';
import { LIGHT_BACKENDS } from '../../../src/node/light/light-spec.ts';

const SECRET = 'https://user:pass@rpc.example/v2/KEY?token=T';
const request: LightRequest = {
  network: 'mainnet',
  chainConfig: null,
  trustedRoot: `0x${'ab'.repeat(32)}`,
  executionRpcs: [SECRET],
  beaconApis: ['https://beacon.example'],
  discreet: true,
};

describe('the table of light backends', () => {
  it.each(LIGHT_BACKENDS)('has %s under its own name, with everything that is needed to run it', (name) => {
    const backend = lightBackend(name);
    expect(backend.name).toBe(name);
    expect(backend.image.reference).toMatch(/^[a-z0-9/-]+:[\w.-]+$/);
    expect(backend.stopTimeout).toBeGreaterThan(0);
    expect(backend.methods).toContain('eth_getBalance');
    expect(backend.methods).toContain(backend.readiness.method);
    expect(new Set(backend.methods).size).toBe(backend.methods.length);
    expect(backend.limits.length).toBeGreaterThan(0);
    expect(backend.networks.length > 0 || backend.privateNetworks).toBe(true);
  });

  it.each(LIGHT_BACKENDS)('lets %s keep addresses and root in a file that only its user reads, never in its arguments', (name) => {
    const backend = lightBackend(name);
    const file = backend.configFile(request);
    expect(file.mode).toBe(0o600);
    expect(file.path).not.toMatch(/^\//);
    expect(String(file.content)).toContain(SECRET);
    expect(String(file.content)).toContain(request.trustedRoot);
    expect(backend.args.join(' ')).not.toMatch(/example|0xab/);
  });
});

describe('the configuration of Nimbus Verified Proxy', () => {
  const lines = (asked: LightRequest) => String(lightBackend('nimbus-verified-proxy').configFile(asked).content).trimEnd().split('\n');

  it('is the TOML that its image reads, listening for the published ports', () => {
    expect(lines({ ...request, discreet: false })).toEqual([
      'network = "mainnet"',
      `trusted-block-root = "${request.trustedRoot}"`,
      `execution-api-url = ["${SECRET}"]`,
      'beacon-api-url = ["https://beacon.example"]',
      'listen-url = ["http://0.0.0.0:8545", "ws://0.0.0.0:8546"]',
      'log-level = "INFO"',
      'log-format = "nocolors"',
    ]);
  });

  it('keeps its log silent where an address may hold a secret, since it logs its whole configuration', () => {
    expect(lines(request)).toContain('log-level = "FATAL"');
  });

  it('cannot be broken out of by an address', () => {
    const [, , line] = lines({ ...request, executionRpcs: ['https://a.example/"]\nnetwork = "x'] });
    expect(line).toBe('execution-api-url = ["https://a.example/\\"]\\nnetwork = \\"x"]');
  });
});

describe('the configuration of the Lodestar prover', () => {
  it('carries the beacon chain of a private network', () => {
    const chain = 'PRESET_BASE: mainnet\nSLOTS_PER_EPOCH: 8\n';
    const { content } = lightBackend('lodestar-prover').configFile({ ...request, network: null, chainConfig: chain });
    const read = JSON.parse(String(content));
    expect(parse(read.chain)).toEqual({ PRESET_BASE: 'mainnet', SLOTS_PER_EPOCH: 8 });
    expect(read).toMatchObject({ trustedRoot: request.trustedRoot, executionRpcs: [SECRET], beaconApis: ['https://beacon.example'] });
  });
});
