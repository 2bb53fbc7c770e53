import { execFileSync } from 'node:child_process';
import { type BytesLike, encodeRlp, keccak256, recoverAddress } from 'ethers';
import { nodectl } from './cli.ts';
import { belongings, engineGet } from './engine-view.ts';

/** A block as JSON-RPC gives it before London and the Merge; quantities are 0x numbers. */
export interface SealedBlock {
  readonly hash: string;
  readonly number: string;
  readonly extraData: string;
  readonly [field: string]: unknown;
}

/** The fields of a block's header up to London, in the order in which they are hashed. */
const HEADER = [
  ...['parentHash', 'sha3Uncles', 'miner', 'stateRoot', 'transactionsRoot', 'receiptsRoot', 'logsBloom'],
  ...['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp', 'extraData', 'mixHash', 'nonce'],
];
const QUANTITIES = new Set(['difficulty', 'number', 'gasLimit', 'gasUsed', 'timestamp']);
const SIGNATURE_DIGITS = 130;

/** Who sealed a clique block, in lower case: recovered from the signature in its extra data, whatever the node says of it (EIP-225). */
export function sealerOf(block: SealedBlock): string {
  const { extraData } = block;
  const unsigned = HEADER.map((field) => {
    const value = String(field === 'extraData' ? extraData.slice(0, -SIGNATURE_DIGITS) : block[field]);
    return QUANTITIES.has(field) ? quantity(value) : value;
  });
  const signature = extraData.slice(-SIGNATURE_DIGITS);
  // Ethereum's signatures elsewhere end with 27 or 28, clique's with 0 or 1.
  const parity = Number.parseInt(signature.slice(-2), 16) + 27;
  return recoverAddress(keccak256(encodeRlp(unsigned)), `0x${signature.slice(0, -2)}${parity.toString(16)}`).toLowerCase();
}

/** A number as RLP takes it: no leading zeros, nothing for 0. */
function quantity(text: string): BytesLike {
  const digits = BigInt(text).toString(16);
  return digits === '0' ? '0x' : `0x${digits.padStart(digits.length + (digits.length % 2), '0')}`;
}

/** The names of the engine's networks that private chains have, of all of them or of those by one name. */
export function chainNetworks(of?: string): readonly string[] {
  const label = of === undefined ? 'nodectl.role=network' : `nodectl.network=${of}`;
  const filters = encodeURIComponent(JSON.stringify({ label: [label] }));
  return engineGet<{ Name: string }[]>(`/networks?filters=${filters}`).map(({ Name }) => Name);
}

/** Removes nodes with all they have, whatever state a test left them in. */
export async function removeNodes(...nodes: readonly string[]): Promise<void> {
  for (const node of nodes) {
    const { containers, volumes } = belongings(node);
    if (containers.length + volumes.length > 0) await nodectl(['down', node, '--volumes', '--yes']);
  }
}

/** One line per file in a node's volume: its path, its time and the hash of what is in it. Readable by root on the engine's host. */
export function volumePrint(node: string): string {
  const { Mountpoint } = engineGet<{ Mountpoint: string }>(`/volumes/nodectl-${node}`);
  const script = 'cd "$1" && find . -type f -printf "%p %s %T@ %U %m\\n" -exec sha256sum {} \\; | sort';
  return execFileSync('sh', ['-c', script, 'sh', Mountpoint], { encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 });
}
