import { describe, expect, it } from 'vitest';
import { lineSigner } from '../../src/diagnosis/signatures/sign-lines.ts';
import { requires } from '../require.ts';
import { gethBinary, VERSIONS } from './binaries.ts';
import { endsOf } from './last-words.ts';
import { inPlace, runGeth } from './run-geth.ts';

const canRun = await requires('geth');

/** What closes a run in good order besides. */
const ORDERLY = ['interrupted', 'clean-end', 'disk-running-low', 'cache-cut'];

describe.skipIf(!canRun).each(VERSIONS)('the last words of geth %s', (version) => {
  it.each(endsOf(version).map((end) => [end.name, end] as const))('after %s are known', async (_name, { kind, words, before }) => {
    const binary = await gethBinary(version);
    await inPlace(async (place) => {
      const undo = await before?.(place, binary);
      const { output, exitCode } = await runGeth(binary, words(place), place).finally(undo);
      const signer = lineSigner();
      for (const text of output.split('\n')) signer.take({ stream: 'stderr', time: '', text });
      const kinds = new Set(signer.told().signed.map((line) => line.kind));
      expect(
        [...kinds].filter((found) => !ORDERLY.includes(found)),
        `exit ${exitCode}: ${output.slice(-2_000)}`,
      ).toEqual([kind]);
    });
  });
});
