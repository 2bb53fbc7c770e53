import * as z from 'zod/mini';

/** A limit in a report: what was wanted and what is in force. */
export const EnforcementSchema = z.object({
  limit: z.enum(['memory', 'swap', 'cpus', 'pids']),
  /** Bytes, CPUs or processes. */
  wanted: z.number(),
  inForce: z.nullable(z.number()),
  enforced: z.boolean(),
  source: z.string(),
});
