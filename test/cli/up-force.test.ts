import { expect, onTestFinished, test } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import { fakeImage } from '../fakes/fake-facts.ts';
import { pairWorld } from '../fakes/pair-world.ts';
import { standInBeacon } from '../stand-in/beacon.ts';
import { standInExecution } from '../stand-in/execution.ts';

/** What a plan is refused with, by its words; ONE and OTHER stand for beacon nodes, FORKED for one that lies, RPC and DEAD for execution RPCs. */
async function planned(words: string, ...more: readonly string[]): Promise<ErrorCode | 'planned'> {
  const up = pairWorld();
  up.engine.images.push(fakeImage('statusim/nimbus-verified-proxy:master'));
  const { code, stderr } = await up.nodectl('plan', ...(await addressed(words)), ...more, '--json');
  return code === 0 ? 'planned' : JSON.parse(stderr).error.code;
}

async function addressed(words: string): Promise<readonly string[]> {
  const servers = {
    ONE: () => standInBeacon(),
    FORKED: () => standInBeacon({ manners: { beaconFault: 'lies' } }),
    RPC: () => standInExecution(),
    DEAD: () => standInExecution({ manners: { fault: 'resets' } }),
  };
  return Promise.all(
    words.split(' ').map(async (word) => {
      if (!(word in servers)) return word;
      const server = await servers[word as keyof typeof servers]();
      onTestFinished(() => server.close());
      return server.url;
    }),
  );
}

test.each([
  ['IMPOSSIBLE_BUDGET', '--network dev --memory 100M'],
  ['IMPOSSIBLE_BUDGET', '--network dev --memory 100G'],
  ['IMPOSSIBLE_BUDGET', '--network mainnet --memory 7G --storage 2T --consensus prysm --checkpoint-url ONE --checkpoint-url ONE'],
  ['IMPOSSIBLE_BUDGET', '--syncmode light --memory 100M --execution-rpc RPC --beacon-api ONE --beacon-api ONE'],
  ['DISK_TOO_SMALL', '--network mainnet --memory 16G --storage 80G --consensus none'],
  ['ENDPOINTS_REFUSED', '--network mainnet --memory 16G --storage 2T --consensus prysm --checkpoint-url ONE'],
  ['ENDPOINTS_REFUSED', '--network mainnet --memory 16G --storage 2T --consensus builtin --checkpoint-url ONE'],
  ['ENDPOINTS_REFUSED', '--network mainnet --memory 16G --storage 2T --consensus builtin --beacon-api ONE'],
  ['ENDPOINTS_REFUSED', '--syncmode light --execution-rpc RPC --beacon-api ONE'],
] as const)('--force lifts %s of `plan %s`', async (code, words) => {
  expect([await planned(words), await planned(words, '--force')]).toEqual([code, 'planned']);
});

test.each([
  ['IMPOSSIBLE_BUDGET', '--network dev --memory 1M'],
  ['IMPOSSIBLE_BUDGET', '--network dev --cpus 1000'],
  ['ENDPOINTS_REFUSED', '--network mainnet --memory 16G --storage 2T --consensus prysm --checkpoint-url ONE --checkpoint-url FORKED'],
  ['ENDPOINTS_REFUSED', '--syncmode light --execution-rpc DEAD --beacon-api ONE --beacon-api ONE'],
] as const)('--force does not lift %s of `plan %s`', async (code, words) => {
  expect(await planned(words, '--force')).toBe(code);
});
