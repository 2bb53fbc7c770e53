import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseClient } from '../../../src/node/consensus/choose-client.ts';
import { consensusClient } from '../../../src/node/consensus/client-table.ts';
import { CONSENSUS_CLIENTS, type ConsensusSpec } from '../../../src/node/consensus/consensus-spec.ts';
import { clientNeeds, executionNeeds } from '../../../src/node/consensus/memory-needs.ts';
import { executionShare, type Share, splitBudget } from '../../../src/node/consensus/split-budget.ts';
import { GIB, MIB } from '../../../src/node/size.ts';
import { ENGINE } from '../geth-rules/networks.ts';
import { MAINNET, makeSpec, profileOf } from '../make-node.ts';

const total = (over: Partial<Share> = {}): Share => ({ memory: 16 * GIB, swap: 4 * GIB, cpus: 2, ...over });
const inMib = ({ memory, swap, cpus }: Share) => ({ memory: memory / MIB, swap: swap / MIB, cpus });

describe("a node's limits, divided", () => {
  test.each([
    ['mainnet in 16 GiB with Nimbus', total(), 'nimbus', MAINNET, { memory: 5120, swap: 1280, cpus: 0.66 }],
    ['mainnet in 8 GiB with Nimbus', total({ memory: 8 * GIB, swap: 0 }), 'nimbus', MAINNET, { memory: 2925, swap: 0, cpus: 0.66 }],
    [
      'a private network in 1 GiB with Prysm',
      total({ memory: GIB, swap: GIB, cpus: 1 }),
      'prysm',
      ENGINE,
      { memory: 512, swap: 512, cpus: 0.33 },
    ],
    ['what both need at least', total({ memory: 640 * MIB, swap: 0 }), 'prysm', ENGINE, { memory: 384, swap: 0, cpus: 0.66 }],
  ] as const)('%s', (_what, whole, client, profile, consensus) => {
    const split = splitBudget(whole, consensusClient(client), profile);
    expect(inMib(split.consensus)).toEqual(consensus);
    expect(split.problems).toEqual([]);
  });

  test('too little for both is said with its arithmetic, and can be forced', () => {
    const { problems } = splitBudget(total({ memory: 639 * MIB }), consensusClient('prysm'), ENGINE);
    expect(problems).toMatchObject([{ field: 'memory', forceable: true }]);
    expect(problems[0]?.message).toContain('256 MiB for geth + 384 MiB for Prysm = 640 MiB');
  });

  test('less than an engine takes cannot be forced', () => {
    const found = (over: Partial<Share>) => splitBudget(total(over), consensusClient('prysm'), ENGINE).problems;
    expect(found({ memory: 10 * MIB })).toMatchObject([{ field: 'memory', forceable: false }]);
    expect(found({ memory: 0 })).toMatchObject([{ field: 'memory', forceable: false }]);
    expect(found({ cpus: 0.02 })).toMatchObject([{ field: 'cpus', forceable: false }]);
    expect(found({ cpus: 0.04 })).toEqual([]);
  });
});

describe('any limits', () => {
  const shares = fc.record({
    memory: fc.integer({ min: 0, max: 256 * GIB }),
    swap: fc.integer({ min: 0, max: 256 * GIB }),
    cpus: fc.integer({ min: 1, max: 6400 }).map((cents) => cents / 100),
  });
  const clients = fc.constantFrom(...CONSENSUS_CLIENTS).map(consensusClient);
  const profiles = fc.constantFrom(MAINNET, profileOf('sepolia'), ENGINE);
  const nanos = ({ cpus }: Share) => Math.round(cpus * 1e9);

  test('that are comfortable for both are divided so', () => {
    fc.assert(
      fc.property(shares, clients, profiles, (whole, client, profile) => {
        const [own, geth] = [clientNeeds(client, profile).comfortable, executionNeeds(profile).comfortable];
        const { consensus } = splitBudget({ ...whole, memory: own + geth + whole.memory }, client, profile);
        expect(consensus.memory).toBe(own);
      }),
    );
  });

  test('are divided without rest, and no share is negative', () => {
    fc.assert(
      fc.property(shares, clients, profiles, (whole, client, profile) => {
        const { execution, consensus } = splitBudget(whole, client, profile);
        expect(execution.memory + consensus.memory).toBe(whole.memory);
        expect(execution.swap + consensus.swap).toBe(whole.swap);
        expect(nanos(execution) + nanos(consensus)).toBe(nanos(whole));
        for (const share of [execution, consensus]) expect(Math.min(share.memory, share.swap, share.cpus)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('give neither part less than it needs without a problem', () => {
    fc.assert(
      fc.property(shares, clients, profiles, (whole, client, profile) => {
        const { execution, consensus, problems } = splitBudget(whole, client, profile);
        if (problems.some(({ field }) => field === 'memory')) return;
        expect(execution.memory).toBeGreaterThanOrEqual(executionNeeds(profile).minimum);
        // Shares are whole MiB.
        expect(consensus.memory).toBeGreaterThan(clientNeeds(client, profile).minimum - MIB);
      }),
    );
  });

  test('give neither part less memory when there is more, nor the client more than is comfortable', () => {
    fc.assert(
      fc.property(shares, fc.integer({ min: 0, max: 64 * GIB }), clients, profiles, (whole, more, client, profile) => {
        const [less, greater] = [whole.memory, whole.memory + more].map((memory) => splitBudget({ ...whole, memory }, client, profile));
        expect(greater?.consensus.memory).toBeGreaterThanOrEqual(less?.consensus.memory ?? Number.NaN);
        expect(greater?.execution.memory).toBeGreaterThan((less?.execution.memory ?? Number.NaN) - MIB);
        expect(greater?.consensus.memory).toBeLessThanOrEqual(clientNeeds(client, profile).comfortable);
      }),
    );
  });
});

describe("geth's share", () => {
  const whole = { memory: 4 * GIB, swap: 2 * GIB, cpus: 1.5 };
  const client = {
    kind: 'client' as const,
    client: 'prysm' as const,
    image: { ref: 'x:v1', id: '', digest: null, origin: 'built' as const },
    ...{ memory: GIB, swap: 512 * MIB, cpus: 0.5 },
    ports: { rest: 5052, p2p: null },
    checkpoints: [],
    networkConfig: null,
  };

  test('is what its client leaves', () => {
    expect(executionShare(makeSpec({ ...whole, consensus: client }))).toEqual({ memory: 3 * GIB, swap: 1536 * MIB, cpus: 1 });
  });

  const others: readonly (readonly [string, ConsensusSpec | null])[] = [
    ['nobody', null],
    ['itself', { kind: 'builtin', beaconApis: [] }],
    ['somebody else', { kind: 'external', engine: { hostIp: '127.0.0.1', port: 8551 } }],
  ];
  test.each(others)('is the whole where %s tells it its head', (_who, consensus) => {
    expect(executionShare(makeSpec({ ...whole, consensus }))).toEqual(whole);
  });
});

describe('a client is chosen by memory', () => {
  test.each([
    ['mainnet', 32 * GIB, 'lighthouse'],
    ['mainnet', 16 * GIB, 'nimbus'],
    ['mainnet', 6 * GIB, 'nimbus'],
    ['mainnet', 6 * GIB - 1, undefined],
    ['sepolia', 4 * GIB, 'nimbus'],
    ['hoodi', 2 * GIB, undefined],
  ])('on %s with %d bytes', (network, memory, client) => {
    const chosen = chooseClient(memory, profileOf(network));
    expect(chosen?.client).toBe(client);
    if (chosen !== undefined) expect(chosen.reason).toContain(consensusClient(chosen.client).title);
  });

  test('on a private network, where it can be built', () => {
    expect(chooseClient(GIB, ENGINE)?.client).toBe('prysm');
    expect(chooseClient(639 * MIB, ENGINE)).toBeUndefined();
  });
});
