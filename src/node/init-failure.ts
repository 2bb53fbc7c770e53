import type { ErrorCode } from '../errors.ts';

interface InitFailure {
  readonly code: ErrorCode;
  readonly message: string;
  /** geth's own last words. */
  readonly said: string;
}

/** What geth's words on a failed `geth init` mean (cmd/geth/chaincmd.go and core/genesis.go of 1.9.25 to 1.17.8). */
const ROWS: readonly { readonly pattern: RegExp; readonly code: ErrorCode; readonly message: string }[] = [
  {
    pattern: /incompatible genesis|mismatching .* in database/i,
    code: 'WRONG_VOLUME',
    message: 'The volume holds the chain of another genesis; it is left as it is.',
  },
  { pattern: /incompatible state scheme/i, code: 'WRONG_VOLUME', message: 'The chain in the volume is kept by another state scheme.' },
  {
    pattern: /Failed to read genesis file/i,
    code: 'WRONG_VOLUME',
    message: 'The volume lacks the genesis of its chain: give the file again with --network.',
  },
  {
    pattern:
      /invalid genesis file|fork ordering|Failed to write genesis|only PoS networks|terminalTotalDifficulty|blobSchedule|invalid chain config/i,
    code: 'INVALID_GENESIS',
    message: 'This geth does not take the genesis.',
  },
];

/** Judges the output of a `geth init` that failed. */
export function initFailure(output: string): InitFailure {
  const lines = output.trim().split('\n');
  const said = (lines.findLast((line) => /^Fatal:|\bERROR\b|\bCRIT\b/.test(line)) ?? lines.at(-1) ?? '').slice(0, 300);
  const row = ROWS.find(({ pattern }) => pattern.test(said));
  return { code: row?.code ?? 'GETH_REFUSED', message: row?.message ?? 'geth could not write the genesis into the volume.', said };
}
