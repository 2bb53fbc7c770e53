import * as z from 'zod/mini';

/** An image as a node's label pins it. */
export const ImageSchema = z.strictObject({
  ref: z.string(),
  /** '' while the engine does not have it. */
  id: z.string(),
  /** Repository digest; null for an image built or loaded on the engine. */
  digest: z.nullable(z.string()),
  origin: z.enum(['pulled', 'built', 'given']),
});
export type ImageSpec = z.infer<typeof ImageSchema>;
