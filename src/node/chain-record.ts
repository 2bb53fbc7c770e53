import * as z from 'zod/mini';
import { compareVersions } from './geth-version.ts';
import { HISTORY_RANGES } from './history-ranges.ts';
import { LABEL_CHAIN } from './labels.ts';
import { KnownNetworkSchema } from './profile.ts';
import type { NodeSpec } from './spec.ts';
import { STATE_SCHEMES } from './state-schemes.ts';

/**
 * What a volume's chain was begun with and by which geth it was written: what must be known before another version or
 * network is let at it, also when no container is left. It is a label of the volume; an engine cannot change labels, so
 * what changes later is a file in the volume that then counts instead.
 */
const ChainRecordSchema = z.strictObject({
  v: z.literal(1),
  /** The profile's name. */
  network: z.string(),
  /** The whole network where it is no profile of nodectl's own. */
  custom: z.nullable(KnownNetworkSchema),
  /** The newest version that wrote the chain, X.Y.Z. */
  geth: z.string(),
  scheme: z.nullable(z.enum(STATE_SCHEMES)),
  history: z.enum(HISTORY_RANGES),
});

export type ChainRecord = z.infer<typeof ChainRecordSchema>;

/** The record of a chain that a node of this spec writes, after what `before` tells of it. */
export function chainRecord(spec: NodeSpec, before: ChainRecord | undefined): ChainRecord {
  const { network, custom, geth, scheme, history } = spec;
  const newest = before !== undefined && compareVersions(before.geth, geth) > 0 ? before.geth : geth;
  return { v: 1, network, custom, geth: newest, scheme, history };
}

/** The record as text; keys in a fixed order, so that equal records are equal texts. */
export function recordText(record: ChainRecord): string {
  return JSON.stringify(ChainRecordSchema.parse(record));
}

/** The record a text holds; undefined for anything else. */
export function readRecord(text: string | undefined): ChainRecord | undefined {
  if (text === undefined) return undefined;
  try {
    return ChainRecordSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** The record that a volume was made with; undefined for volumes of nodectl before 0.2, and those that only hold accounts yet. */
export function labelRecord(labels: Readonly<Record<string, string>>): ChainRecord | undefined {
  return readRecord(labels[LABEL_CHAIN]);
}
