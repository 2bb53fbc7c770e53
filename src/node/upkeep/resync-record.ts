import * as z from 'zod/mini';

/** On the marker of a resync: everything that the rest of it needs. */
const LABEL_RESYNC = 'nodectl.resync';

const ResyncRecordSchema = z.strictObject({
  v: z.literal(1),
  /** The node is started at the end. */
  starts: z.boolean(),
});

export type ResyncRecord = z.infer<typeof ResyncRecordSchema>;

export function resyncLabel(record: ResyncRecord): Readonly<Record<string, string>> {
  return { [LABEL_RESYNC]: JSON.stringify(record) };
}

/** Undefined for a label that is missing, or of another nodectl. */
export function readResync(labels: Readonly<Record<string, string>>): ResyncRecord | undefined {
  try {
    return ResyncRecordSchema.parse(JSON.parse(labels[LABEL_RESYNC] ?? ''));
  } catch {
    return undefined;
  }
}
