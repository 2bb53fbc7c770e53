import * as z from 'zod/mini';

/** What a bundle's first file, `manifest.json`, says of the others. Sizes in bytes, instants in ms since the epoch. */
export const ManifestSchema = z.object({
  format: z.literal('nodectl-bundle'),
  v: z.literal(1),
  nodectl: z.string(),
  madeAt: z.number(),
  /** The node, or the container that is no node of nodectl's. */
  subject: z.string(),
  policy: z.object({ ips: z.enum(['keep', 'hash']), enodes: z.enum(['keep', 'hash']) }),
  files: z.readonly(
    z.array(
      z.object({
        name: z.string(),
        what: z.string(),
        bytes: z.number(),
        sha256: z.string(),
        /** True where only the end is in it. */
        cut: z.boolean(),
        /** How often something was left out or renamed, by kind. */
        redacted: z.record(z.string(), z.number()),
      }),
    ),
  ),
  /** What could not be read, or had no room. */
  missing: z.readonly(z.array(z.object({ what: z.string(), why: z.string() }))),
  notice: z.string(),
});

export type Manifest = z.infer<typeof ManifestSchema>;

/** What whoever reads the manifest has to know of it. */
export const NOTICE =
  'Passwords, keys, tokens, paths and queries of addresses were left out. Names such as hex-0123456789 stand for one and the same ' +
  'text everywhere in this bundle, and for nothing outside it. A short secret that no word before it names cannot be recognised: ' +
  'read the files before you give them away.';

/** A file of a bundle before it is written. */
export interface BundleEntry {
  readonly name: string;
  readonly what: string;
  readonly text: string;
  readonly cut: boolean;
  readonly redacted: Readonly<Record<string, number>>;
}

/** All files of a bundle may have together: what is not even compressed cannot grow beyond it. */
export const MOST_BYTES = 20 * 1024 * 1024;
