import { MIB } from '../size.ts';

const FLAG = /^--?datadir\.minfreedisk(?:=(.*))?$/;

/** The free space below which a geth ends itself, bytes, by the words that it runs with; 0 where they do not say (a light client, geth before 1.10). */
export function reserveOf(args: readonly string[]): number {
  const index = args.findLastIndex((word) => FLAG.test(word));
  const told = Number(FLAG.exec(args[index] ?? '')?.[1] ?? args[index + 1] ?? Number.NaN);
  return index >= 0 && Number.isSafeInteger(told) && told >= 0 ? told * MIB : 0;
}
