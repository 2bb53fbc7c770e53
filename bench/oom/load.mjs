import { setTimeout as pause } from 'node:timers/promises';
import { creationCode } from './contract.mjs';
import { jsonRpc, PATIENCE } from './json-rpc.mjs';

/** Just below the bound of 2^24 that one transaction has from Osaka on. */
const CALL_GAS = '0xf00000';
const WAITING_AT_MOST = 8;

/**
 * Writes new state through the node at `port` as fast as it makes blocks, for so many seconds or until `over()`, and
 * asks for the head five times a second meanwhile. Gives the seconds it took, the transactions that came into blocks (`progress`: after
 * each ten seconds), the head, the milliseconds of each question (unanswered: `PATIENCE`), and the last error.
 */
export async function writeState({ port, seconds, keep, over }) {
  const { ask, close } = jsonRpc(port);
  const seen = { started: Date.now(), done: 0, blocks: 0, waits: [], progress: [], errors: 0, lastError: undefined };
  try {
    const [from, to] = await contract(ask, creationCode(keep), over);
    seen.started = Date.now();
    const deadline = seen.started + seconds * 1000;
    const enough = () => over() || Date.now() >= deadline;
    await Promise.all([callOn(ask, { from, to }, seen, enough), listen(ask, seen, enough)]);
  } catch (error) {
    seen.lastError = error.message;
  }
  const { started, ...rest } = seen;
  const took = (Date.now() - started) / 1000;
  const answers = !over() && (await ask('eth_blockNumber').then(Boolean, () => false));
  close();
  return { started, seconds: took, answers, ...rest };
}

async function contract(ask, data, over) {
  const deadline = Date.now() + 60_000;
  const until = async (question) => {
    for (;;) {
      const answer = await question().catch(() => undefined);
      if (answer) return answer;
      if (over() || Date.now() > deadline) throw new Error('The contract of the load could not be made within 60 s.');
      await pause(100);
    }
  };
  const [from] = await until(() => ask('eth_accounts'));
  const hash = await until(() => ask('eth_sendTransaction', [{ from, data, gas: '0xf4240' }]));
  const { contractAddress } = await until(() => ask('eth_getTransactionReceipt', [hash]));
  return [from, contractAddress];
}

/** Keeps some calls waiting, never many: a full pool would be a load of its own. */
async function callOn(ask, { from, to }, seen, enough) {
  const nonceAt = async (block) => Number(await ask('eth_getTransactionCount', [from, block]));
  const first = await nonceAt('latest');
  let next = first;
  while (!enough()) {
    try {
      const mined = await nonceAt('latest');
      seen.done = mined - first;
      const tens = Math.floor((Date.now() - seen.started) / 10_000);
      if (tens > seen.progress.length) seen.progress.push(seen.done);
      if (next - mined >= WAITING_AT_MOST) {
        await pause(50);
        continue;
      }
      await ask('eth_sendTransaction', [{ from, to, gas: CALL_GAS, nonce: `0x${next.toString(16)}` }]);
      next++;
    } catch (error) {
      if (enough()) return;
      seen.errors++;
      seen.lastError = error.message;
      await pause(200);
      next = await nonceAt('pending').catch(() => next);
    }
  }
}

async function listen(ask, seen, enough) {
  while (!enough()) {
    const begin = process.hrtime.bigint();
    try {
      seen.blocks = Number(await ask('eth_blockNumber'));
      seen.waits.push(Number(process.hrtime.bigint() - begin) / 1e6);
    } catch (error) {
      // A question that a kill cut off says nothing of how long a living node takes.
      if (error.unanswered) seen.waits.push(PATIENCE);
    }
    await pause(200);
  }
}
