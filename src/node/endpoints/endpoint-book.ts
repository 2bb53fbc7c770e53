import * as z from 'zod/mini';
import { isEndpoint } from './shown-endpoint.ts';

/** What kind of third party an address is. */
export const ENDPOINT_ROLES = ['executionRpcs', 'beaconApis', 'checkpoints'] as const;
export type EndpointRole = (typeof ENDPOINT_ROLES)[number];

/**
 * Every address of other people's servers that a node uses, whole: it may hold credentials, so it lives in a file of mode 0600 in
 * the secret volume and nowhere else. Versioned so that a later nodectl can read an older book.
 */
export const EndpointBookSchema = z.strictObject({
  v: z.literal(1),
  executionRpcs: z.array(z.string()),
  beaconApis: z.array(z.string()),
  checkpoints: z.array(z.string()),
});
export type EndpointBook = z.infer<typeof EndpointBookSchema>;

/** One public server a profile offers as a candidate; `up` asks it before it is used. */
export const CandidateSchema = z.strictObject({
  url: z
    .string()
    .check(
      z.regex(/^https?:\/\/[^\s@]+$/, 'an http or https address without credentials'),
      z.refine(isEndpoint, 'an address that can be read'),
    ),
  /** Who runs it: two of one owner do not count as two. */
  owner: z.string().check(z.minLength(1)),
  /** When it was last named by somebody, YYYY-MM. */
  asOf: z.string().check(z.regex(/^\d{4}-\d{2}$/, 'a month YYYY-MM')),
});
export type Candidate = z.infer<typeof CandidateSchema>;

/** What a network's profile offers, by role, the preferred one first. */
export const EndpointsSchema = z._default(
  z.strictObject({
    executionRpcs: z._default(z.array(CandidateSchema), []),
    beaconApis: z._default(z.array(CandidateSchema), []),
    checkpoints: z._default(z.array(CandidateSchema), []),
  }),
  { executionRpcs: [], beaconApis: [], checkpoints: [] },
);
export type Endpoints = z.infer<typeof EndpointsSchema>;
