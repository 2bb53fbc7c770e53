import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';

export interface Block {
  readonly number: string;
  readonly hash: string;
  /** Hashes of what is in it. */
  readonly transactions: readonly string[];
}

/** The largest code that a contract may have. */
const CODE = 24_576;
/** Puts what follows it into the state: PUSH2 length, DUP1, PUSH1 12, PUSH1 0, CODECOPY, PUSH1 0, RETURN. */
const STORE = '61600080600c6000396000f3';
/** What such a creation takes, and some. */
const GAS = '0x600000';
/** Arguments of geth for a dev chain whose blocks take some megabytes each second without their price rising. */
export const ROOMY_DEV = ['--dev.period', '1', '--dev.gaslimit', '1000000000'] as const;

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * Sees to it that so many contracts, whose code nothing compresses, wait for a dev chain's next blocks, and gives the block that was the
 * newest before; undefined where nobody answers. `nonce`: how many were sent earlier, since geth's own count lags behind its answers.
 */
export function fillChain(
  port: number,
  contracts: number,
  nonce: number,
): { readonly newest: Block; readonly sent: readonly string[] } | undefined {
  const accounts = batch(port, [
    ['eth_accounts', []],
    ['eth_getBlockByNumber', ['latest', false]],
    ['txpool_status', []],
  ]);
  if (accounts === undefined) return undefined;
  const [[from], newest, { pending }] = accounts as [readonly string[], Block, { readonly pending: string }];
  const open = Math.max(0, contracts - Number(pending));
  const creations = Array.from({ length: open }, (_, at) => {
    const data = `0x${STORE}00${randomBytes(CODE - 1).toString('hex')}`;
    return ['eth_sendTransaction', [{ from, gas: GAS, nonce: `0x${(nonce + at).toString(16)}`, data }]] as const;
  });
  const sent = open === 0 ? [] : batch(port, creations);
  return { newest, sent: (sent ?? []) as readonly string[] };
}

function batch(port: number, calls: readonly (readonly [string, readonly unknown[]])[]): readonly unknown[] | undefined {
  const input = JSON.stringify(calls.map(([method, params], id) => ({ jsonrpc: '2.0', id, method, params })));
  const words = ['-s', '-m', '30', '-H', 'content-type: application/json', '--data-binary', '@-', `http://127.0.0.1:${port}`];
  let text: string;
  try {
    text = execFileSync('curl', words, { input, encoding: 'utf8' });
  } catch {
    return undefined;
  }
  const answers = JSON.parse(text) as readonly Answer[];
  const refused = answers.find(({ error }) => error !== undefined);
  if (refused !== undefined) throw new Error(refused.error?.message);
  return answers.toSorted((one, other) => one.id - other.id).map(({ result }) => result);
}
