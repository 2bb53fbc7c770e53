import * as z from 'zod/mini';
import { NodectlError } from '../../errors.ts';
import { LABEL_CHAIN, LABEL_CLIENT, LABEL_NETWORK } from '../labels.ts';
import { isNodeName } from '../names.ts';
import { printable } from '../printable.ts';
import { NodeSpecSchema } from '../spec.ts';

/** The first entry of an archive: what it holds. */
export const MANIFEST_FILE = 'nodectl.json';
/** No manifest comes near it. */
export const LARGEST_MANIFEST = 1 << 20;

/** The parts of a node that have volumes; the names of the archive's folders. */
export const ARCHIVE_PARTS = ['execution', 'consensus', 'secret'] as const;
export type ArchivePart = (typeof ARCHIVE_PARTS)[number];

/** Of a volume's labels, what the engine must know again; the others follow from the node's name. */
const KEPT_LABELS = [LABEL_NETWORK, LABEL_CHAIN, LABEL_CLIENT];

const ManifestSchema = z.strictObject({
  format: z.literal('nodectl-archive'),
  v: z.literal(1),
  /** The version of nodectl that made it. */
  nodectl: z.string(),
  /** ISO 8601, UTC. */
  made: z.string(),
  node: z.string().check(z.refine(isNodeName)),
  /** Null where the node had no container any more. */
  spec: z.nullable(NodeSpecSchema),
  /** With the chain's data; else keys and configuration alone. */
  chain: z.boolean(),
  volumes: z.array(z.strictObject({ part: z.enum(ARCHIVE_PARTS), labels: z.record(z.string(), z.string()) })),
});

export type Manifest = z.infer<typeof ManifestSchema>;

/** As an archive has it. */
export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(ManifestSchema.parse(manifest), null, 2)}\n`;
}

/** What of the labels goes into an archive, and out of one into a volume: nobody's archive may set others. */
export function keptLabels(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(KEPT_LABELS.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])));
}

/** The manifest a text holds; ARCHIVE_NEWER for one that only a later nodectl reads, ARCHIVE_BROKEN for anything else. */
export function readManifest(text: string): Manifest {
  const document = parsed(text);
  const manifest = ManifestSchema.safeParse(document);
  if (manifest.success && new Set(manifest.data.volumes.map(({ part }) => part)).size === manifest.data.volumes.length)
    return manifest.data;
  const { format, v, nodectl } = (document ?? {}) as Partial<Record<'format' | 'v' | 'nodectl', unknown>>;
  if (format !== 'nodectl-archive') throw new NodectlError('ARCHIVE_BROKEN', 'This is no archive of nodectl.');
  const by = typeof nodectl === 'string' ? `nodectl ${printable(nodectl, 40)}` : 'another nodectl';
  if (typeof v === 'number' && v > 1) throw newer(by);
  const spec = (document as { readonly spec?: { readonly v?: unknown } | null }).spec;
  const unknown = manifest.error?.issues.some(({ code }) => code === 'unrecognized_keys') ?? false;
  if (unknown || (typeof spec?.v === 'number' && spec.v > 1)) throw newer(by);
  throw new NodectlError('ARCHIVE_BROKEN', `What ${by} wrote into the archive's ${MANIFEST_FILE} cannot be read.`);
}

function newer(by: string): NodectlError {
  return new NodectlError('ARCHIVE_NEWER', `${by} made this archive, and it has what this nodectl does not know.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
