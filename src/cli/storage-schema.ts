import * as z from 'zod/mini';
import { STORAGE_MODES } from '../node/storage/storage-modes.ts';
import { ENFORCEMENT_WORDS } from '../node/storage/storage-words.ts';

/** What is said of a size of the chain; bytes. */
export const StorageFactsSchema = z.object({
  wanted: z.nullable(z.number()),
  mode: z.nullable(z.enum(STORAGE_MODES)),
  enforcement: z.enum(ENFORCEMENT_WORDS),
  held: z.nullable(z.number()),
  source: z.string(),
});
