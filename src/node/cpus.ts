import { NodectlError } from '../errors.ts';

const DECIMAL = /^(?:\d{1,6}(?:\.\d{1,9})?|\.\d{1,9})$/;

/** The engine's least share (Range of CPUs is from 0.01). */
const LEAST = 0.01;

/** CPUs as `--cpus` gives them, 0.01 or more; whether the host has them is the budget's question. INVALID_CPUS otherwise. */
export function parseCpus(text: string): number {
  const cpus = DECIMAL.test(text) ? Number(text) : Number.NaN;
  if (!(cpus >= LEAST)) {
    throw new NodectlError('INVALID_CPUS', `--cpus ${JSON.stringify(text.slice(0, 40))} is not a number of CPUs from ${LEAST} up.`);
  }
  return cpus;
}
