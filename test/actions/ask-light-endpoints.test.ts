import { afterEach, describe, expect, it } from 'vitest';
import { askLightEndpoints, type LightQuestion } from '../../src/actions/ask-light-endpoints.ts';
import { errorDocument } from '../../src/cli/error-text.ts';
import { ownProviders } from '../../src/node/endpoints/provider.ts';
import { shownEndpoint } from '../../src/node/endpoints/shown-endpoint.ts';
import { errorOfPromise } from '../error-code.ts';
import { BEACON_FAULTS, type BeaconFault, standInBeacon } from '../stand-in/beacon.ts';
import { EXECUTION_FAULTS, type ExecutionFault, standInExecution } from '../stand-in/execution.ts';
import { HTTP_FAULTS } from '../stand-in/misbehave.ts';
import { askingWorld, hurriedWorld, provider, SECRETS, told } from './ask-world.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await server.close();
});

async function beacon(manners: NonNullable<Parameters<typeof standInBeacon>[0]>['manners'] = {}) {
  const made = await standInBeacon({ manners });
  opened.push(made);
  return made;
}

async function execution(manners: NonNullable<Parameters<typeof standInExecution>[0]>['manners'] = {}) {
  const made = await standInExecution({ manners });
  opened.push(made);
  return made;
}

const NOBODY: LightQuestion = {
  ...{ chainId: 1, executionRpcs: [], beaconApis: [], checkpoints: [] },
  ...{ own: { execution: false, beacon: false }, force: false },
};

const ask = (question: Partial<LightQuestion>, world = askingWorld()) => askLightEndpoints({ ...NOBODY, ...question }, world);

describe('asking the servers of a light client', () => {
  it('takes all that pass, whole and in order, and a root that two owners name', async () => {
    const executionRpcs = [provider(await execution(), 'A'), provider(await execution(), 'B')];
    const [a, b] = [await beacon(), await beacon()];
    const beaconApis = [provider(a, 'A'), provider(b, 'C')];
    const taken = await ask({ executionRpcs, beaconApis });
    expect(taken).toMatchObject({ root: a.rootOf(a.epoch()), confirmed: true, rejected: [] });
    expect(taken.executionRpcs).toEqual(executionRpcs.map(({ url }) => url));
    expect(taken.beaconApis).toEqual(beaconApis.map(({ url }) => url));
    expect(Math.abs(taken.clockSkewMs ?? 1e9)).toBeLessThan(5000);
  });

  it('lets a checkpoint provider confirm the root of the one beacon API that answers', async () => {
    const api = await beacon();
    const question = {
      executionRpcs: [provider(await execution(), 'A')],
      beaconApis: [provider(api, 'A'), provider(await beacon({ fault: 'fails' }), 'B')],
      checkpoints: [provider(await beacon({ beaconFault: 'no-light-client', behind: 0 }), 'C')],
    };
    const taken = await ask(question);
    expect([taken.confirmed, taken.beaconApis]).toEqual([true, [question.beaconApis[0]?.url]]);
    // With servers of one's own no other is asked.
    expect((await errorOfPromise(ask({ ...question, own: { execution: false, beacon: true } }))).code).toBe('ENDPOINTS_REFUSED');
  });

  it('takes the root of a beacon API that is an epoch behind the checkpoint providers', async () => {
    const api = await beacon({ behind: 1 });
    const checkpoints = [provider(await beacon(), 'B'), provider(await beacon(), 'C')];
    const taken = await ask({ executionRpcs: [provider(await execution(), 'A')], beaconApis: [provider(api, 'A')], checkpoints });
    expect([taken.root, taken.rejected]).toEqual([api.rootOf(api.epoch()), []]);
  });

  it('takes one beacon API of the person alone only by force', async () => {
    const [rpc, api] = [await execution(), await beacon()];
    const question = {
      executionRpcs: ownProviders([rpc.url]),
      beaconApis: ownProviders([api.url]),
      own: { execution: true, beacon: true },
    };
    const error = await errorOfPromise(ask(question));
    expect([error.code, error.hint]).toEqual(['ENDPOINTS_REFUSED', expect.stringContaining('--force')]);
    expect(await ask({ ...question, force: true })).toMatchObject({ confirmed: false, beaconApis: [api.url], executionRpcs: [rpc.url] });
  });

  it('names the option of what is missing, and only that', async () => {
    const [rpc, api, other] = [await execution(), await beacon(), await beacon()];
    const beaconApis = [provider(api, 'A'), provider(other, 'B')];
    const without = await errorOfPromise(ask({ beaconApis }));
    expect(without.hint).toContain('--execution-rpc');
    expect(without.hint).not.toContain('--beacon-api');
    const blind = await errorOfPromise(ask({ executionRpcs: [provider(rpc, 'A')], beaconApis: [] }));
    expect(blind.hint).toContain('--beacon-api');
    expect(blind.hint).not.toContain('--execution-rpc');
  });

  it('names every candidate with its reason where none can be reached', async () => {
    const dead = await execution();
    await dead.close();
    const question = { executionRpcs: [provider(dead, 'A')], beaconApis: [provider(dead, 'A')], checkpoints: [provider(dead, 'B')] };
    const error = await errorOfPromise(ask(question));
    expect([error.code, error.exit]).toEqual(['ENDPOINTS_REFUSED', 4]);
    expect(Object.keys(error.facts)).toEqual([
      `${dead.url} (execution RPC)`,
      `${dead.url} (beacon API)`,
      `${dead.url} (checkpoint provider)`,
    ]);
    for (const option of ['--execution-rpc', '--beacon-api']) expect(error.hint).toContain(option);
  });
});

/** One server that misbehaves among good ones. */
interface Bad {
  readonly url: string;
  close(): Promise<void>;
}

async function judgedBad(role: 'executionRpcs' | 'beaconApis', bad: Bad) {
  const good = [await standInExecution(), await standInBeacon(), await standInBeacon()] as const;
  try {
    const question = {
      executionRpcs: [provider(good[0], 'A')],
      beaconApis: [provider(good[1], 'A'), provider(good[2], 'B')],
    };
    const taken = await ask({ ...question, [role]: [provider(bad, 'Z'), ...question[role]] }, hurriedWorld());
    expect(taken.rejected).toEqual([{ shown: shownEndpoint(bad.url), role, reason: expect.any(String) }]);
    expect([taken.executionRpcs.length, taken.beaconApis.length]).toEqual([1, 2]);
    for (const secret of SECRETS) expect(told(taken.rejected)).not.toContain(secret);

    const error = await errorOfPromise(ask({ ...question, [role]: [provider(bad, 'Z')] }, hurriedWorld()));
    expect([error.code, error.exit]).toEqual(['ENDPOINTS_REFUSED', 4]);
    for (const secret of SECRETS) expect(told(error) + errorDocument(error)).not.toContain(secret);
    return taken.rejected[0]?.reason;
  } finally {
    for (const server of [...good, bad]) await server.close();
  }
}

describe('an execution RPC that misbehaves', () => {
  it.concurrent.each(HTTP_FAULTS)('is left out with a reason and without its secrets when it is one that %s', async (fault) => {
    await judgedBad('executionRpcs', await standInExecution({ manners: { fault } }));
  });

  const WORDS: Record<ExecutionFault, RegExp> = {
    'other-chain': /chain 56, not 1/,
    'no-proof': /no eth_getProof/,
    limited: /limits.*-32005/,
    'old-head': /old: it is syncing/,
    'future-head': /ahead/,
    'no-head': /nothing/,
    'empty-proof': /eth_getProof/,
    'refuses-proof': /eth_getProof.*-32000/,
    nonsense: /no sense/,
    'no-json-rpc': /no JSON-RPC/,
  };
  it.concurrent.each(EXECUTION_FAULTS)('is told apart by its fault: %s', async (executionFault) => {
    expect(await judgedBad('executionRpcs', await standInExecution({ manners: { executionFault } }))).toMatch(WORDS[executionFault]);
  });
});

describe('a beacon API that misbehaves', () => {
  it.concurrent.each(HTTP_FAULTS)('is left out with a reason and without its secrets when it is one that %s', async (fault) => {
    await judgedBad('beaconApis', await standInBeacon({ manners: { fault } }));
  });

  const WORDS: Record<BeaconFault, RegExp> = {
    'other-chain': /another chain/,
    lies: /not the one/,
    stale: /stale/,
    stuck: /stale/,
    future: /clock/,
    'no-finality': /no finalized/,
    syncing: /syncing/,
    'no-light-client': /light-client.*404/,
    'other-bootstrap': /another block/,
    nonsense: /not what/,
  };
  it.concurrent.each(BEACON_FAULTS)('is told apart by its fault: %s', async (beaconFault) => {
    expect(await judgedBad('beaconApis', await standInBeacon({ manners: { beaconFault } }))).toMatch(WORDS[beaconFault]);
  });
});
