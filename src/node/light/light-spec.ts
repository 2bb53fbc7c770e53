import * as z from 'zod/mini';

/** The verifying light clients nodectl can run in geth's place, the preferred one first. */
export const LIGHT_BACKENDS = ['nimbus-verified-proxy', 'lodestar-prover'] as const;
export type LightBackendName = (typeof LIGHT_BACKENDS)[number];

/** A light client of a network with a beacon chain, in geth's place. Its image is the spec's, and no geth runs. */
export const LightSpecSchema = z.strictObject({
  backend: z.enum(LIGHT_BACKENDS),
  /** Whom it asks, as it may be shown: no credentials, path or query. The whole addresses are in the secret volume. */
  executionRpcs: z.array(z.string()),
  beaconApis: z.array(z.string()),
  /** True where the person named them: then no other is ever asked. */
  own: z.strictObject({ execution: z.boolean(), beacon: z.boolean() }),
});
export type LightSpec = z.infer<typeof LightSpecSchema>;
