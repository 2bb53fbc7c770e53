import * as z from 'zod/mini';

const LightFile = z.object({ chain: z.string() });

/** The beacon chain's configuration in the file that the Lodestar prover was given; undefined for any other text. */
export function readLightFile(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : LightFile.parse(JSON.parse(text)).chain;
  } catch {
    return undefined;
  }
}
