import { afterEach, describe, expect, it } from 'vitest';
import { askCheckpoints, type CheckpointQuestion } from '../../src/actions/ask-checkpoints.ts';
import { errorDocument } from '../../src/cli/error-text.ts';
import { ownProviders } from '../../src/node/endpoints/provider.ts';
import { errorOfPromise } from '../error-code.ts';
import { validatesAgainst } from '../schema.ts';
import { BEACON_FAULTS, type BeaconChainOptions, type BeaconFault, type StandInBeacon, standInBeacon } from '../stand-in/beacon.ts';
import { HTTP_FAULTS } from '../stand-in/misbehave.ts';
import { askingWorld, hurriedWorld, provider, SECRETS, told } from './ask-world.ts';

const opened: StandInBeacon[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function beacon(manners: BeaconChainOptions['manners'] = {}, options: BeaconChainOptions = {}): Promise<StandInBeacon> {
  const made = await standInBeacon({ ...options, manners });
  opened.push(made);
  return made;
}

const ask = (question: Partial<CheckpointQuestion>, world = askingWorld()) =>
  askCheckpoints({ providers: [], chainId: 1, own: false, force: false, ...question }, world);

describe('asking checkpoint providers', () => {
  it('takes the finalized root that two owners name, and their whole addresses', async () => {
    const [a, b] = [await beacon(), await beacon()];
    const providers = [provider(a, 'A'), provider(b, 'B')];
    const { root, epoch, slot, agreed, confirmed, rejected } = await ask({ providers });
    expect({ root, epoch, slot }).toEqual({ root: a.rootOf(epoch), epoch: a.epoch(), slot: epoch * 32 });
    expect({ agreed, confirmed, rejected }).toEqual({ agreed: providers.map(({ url }) => url), confirmed: true, rejected: [] });
  });

  it('sends its secrets to the server, below its own path and with its own query', async () => {
    const [a, b] = [await beacon(), await beacon()];
    await ask({ providers: [provider(a, 'A'), provider(b, 'B')] });
    for (const { path, authorization } of a.asked) {
      expect(path).toMatch(/^\/v2\/pathkey123\/eth\/v1\/.+\?apikey=querykey456$/);
      expect(authorization).toBe(`Basic ${Buffer.from('alice:hunter2').toString('base64')}`);
    }
  });

  it.each([
    ['', new Set<number>()],
    [' whose first slot was missed', 'first'],
  ])('counts one that is an epoch behind, on the older epoch%s', async (_words, missed) => {
    const [ahead, behind] = [await beacon(), await beacon({ behind: 1 })];
    if (missed === 'first') for (const { manners } of [ahead, behind]) manners.missed = new Set([behind.epoch() * 32]);
    const { epoch, root, agreed } = await ask({ providers: [provider(ahead, 'A'), provider(behind, 'B')] });
    expect({ epoch, root }).toEqual({ epoch: behind.epoch(), root: behind.rootOf(epoch) });
    expect(agreed).toHaveLength(2);
  });

  it('takes two that agree against one of each fault, and says why not the third', async () => {
    const [a, b, c] = [await beacon(), await beacon(), await beacon()];
    const faults: (BeaconFault | undefined)[] = BEACON_FAULTS.filter((fault) => !['no-light-client', 'other-bootstrap'].includes(fault));
    for (const beaconFault of faults) {
      c.manners.beaconFault = beaconFault;
      const { agreed, rejected } = await ask({ providers: [provider(c, 'C'), provider(a, 'A'), provider(b, 'B')] });
      expect([beaconFault, agreed.length, rejected]).toEqual([
        beaconFault,
        2,
        [{ shown: c.url, role: 'checkpoints', reason: expect.any(String) }],
      ]);
      expect(agreed.some((url) => url.includes(`:${c.port}/`))).toBe(false);
    }
  });

  it.each([
    ['two of one owner', 'A', 'a', {}],
    ['an honest one and one that lies', 'A', 'B', { beaconFault: 'lies' }],
    ['an honest one and one whose node stands still', 'A', 'B', { beaconFault: 'stuck' }],
    ['an honest one and one of another chain', 'A', 'B', { beaconFault: 'other-chain' }],
  ] as const)('refuses %s', async (_words, first, second, manners) => {
    const [a, b] = [await beacon(), await beacon(manners)];
    const error = await errorOfPromise(ask({ providers: [provider(a, first), provider(b, second)] }));
    expect([error.code, error.exit]).toEqual(['ENDPOINTS_REFUSED', 4]);
    expect(Object.keys(error.facts)).toEqual(expect.arrayContaining([`${a.url} (checkpoint provider)`, `${b.url} (checkpoint provider)`]));
    expect(error.hint).toContain('--checkpoint-url');
  });

  it('refuses a root of which all are sure but which is too old to be safe', async () => {
    const [a, b] = [await beacon({ behind: 300 }), await beacon({ behind: 300 })];
    const error = await errorOfPromise(ask({ providers: [provider(a, 'A'), provider(b, 'B')] }));
    expect(error.code).toBe('ENDPOINTS_REFUSED');
    for (const { manners } of [a, b]) manners.behind = 200;
    expect((await ask({ providers: [provider(a, 'A'), provider(b, 'B')] })).confirmed).toBe(true);
  });

  it('refuses a root from the future, however many are sure of it', async () => {
    const [a, b] = [await beacon({ beaconFault: 'future' }), await beacon({ beaconFault: 'future' })];
    expect((await errorOfPromise(ask({ providers: [provider(a, 'A'), provider(b, 'B')] }))).code).toBe('ENDPOINTS_REFUSED');
  });

  it('knows a private chain by the genesis it is told, and by agreement alone without one', async () => {
    const genesis = { time: Date.now() - 3_600_000, validatorsRoot: `0x${'42'.repeat(32)}` };
    const options = { genesis: { ...genesis, time: Math.floor(genesis.time / 1000) * 1000 }, secondsPerSlot: 3, slotsPerEpoch: 8 };
    const providers = [provider(await beacon({}, options), 'A'), provider(await beacon({}, options), 'B')];
    expect((await ask({ providers, chainId: 32_382 })).slot % 8).toBe(0);
    expect((await ask({ providers, chainId: 32_382, genesis: options.genesis })).confirmed).toBe(true);
    const other = { ...options.genesis, validatorsRoot: `0x${'43'.repeat(32)}` };
    expect((await errorOfPromise(ask({ providers, chainId: 32_382, genesis: other }))).code).toBe('ENDPOINTS_REFUSED');
  });

  it('takes one that the person names alone only by force, and then not if another contradicts it', async () => {
    const [a, b] = [await beacon(), await beacon({ beaconFault: 'lies' })];
    const one = ownProviders([a.url]);
    const error = await errorOfPromise(ask({ providers: one, own: true }));
    expect([error.code, error.hint]).toEqual(['ENDPOINTS_REFUSED', expect.stringContaining('--force')]);
    expect(await ask({ providers: one, own: true, force: true })).toMatchObject({ agreed: [a.url], confirmed: false });
    expect((await errorOfPromise(ask({ providers: ownProviders([a.url, b.url]), own: true, force: true }))).code).toBe('ENDPOINTS_REFUSED');
    expect((await errorOfPromise(ask({ providers: one, own: false, force: true }))).code).toBe('ENDPOINTS_REFUSED');
  });

  it('tells a clock that is 90 s off', async () => {
    const [a, b] = [await beacon({ clockAheadMs: 90_000 }), await beacon({ clockAheadMs: 90_000 })];
    const { clockSkewMs = 0 } = await ask({ providers: [provider(a, 'A'), provider(b, 'B')] });
    expect(Math.abs(clockSkewMs + 90_000)).toBeLessThan(5000);
    b.manners.beaconFault = 'lies';
    const { facts } = await errorOfPromise(ask({ providers: [provider(a, 'A'), provider(b, 'B')] }));
    expect(facts.clock).toContain('behind');
  });

  it('ends with 130 when interrupted', async () => {
    const hanging = await beacon({ fault: 'hangs' });
    const interruption = new AbortController();
    const question = { providers: [provider(hanging, 'A')], chainId: 1, own: false, force: false };
    const work = askCheckpoints(question, askingWorld(interruption.signal));
    await expect.poll(() => hanging.asked.length).toBeGreaterThan(0);
    interruption.abort('SIGINT');
    expect((await errorOfPromise(work)).code).toBe('INTERRUPTED');
  });
});

describe('a checkpoint provider that misbehaves', () => {
  it.concurrent.each([...HTTP_FAULTS, ...BEACON_FAULTS.filter((fault) => !['no-light-client', 'other-bootstrap'].includes(fault))])(
    'is refused with a reason, and no secret of its address is told, when it is the one that %s',
    async (fault) => {
      const http = HTTP_FAULTS.find((known) => known === fault);
      const one = await standInBeacon({ manners: http === undefined ? { beaconFault: fault as BeaconFault } : { fault: http } });
      try {
        const error = await errorOfPromise(ask({ providers: [provider(one, 'A')] }, hurriedWorld()));
        expect([error.code, error.exit]).toEqual(['ENDPOINTS_REFUSED', 4]);
        expect(error.facts[`${one.url} (checkpoint provider)`]).toBeTypeOf('string');
        for (const secret of SECRETS) expect(told(error) + errorDocument(error)).not.toContain(secret);
        validatesAgainst('error', JSON.parse(errorDocument(error)));
      } finally {
        await one.close();
      }
    },
  );
});
