import * as z from 'zod/mini';

/** A verdict in other commands' reports: see the schema of `diagnose`. */
export const DeathSchema = z.object({ verdict: z.string(), code: z.number(), confidence: z.string(), meaning: z.string() });
