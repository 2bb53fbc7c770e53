/** One row of the engine's answer to a pull or a load, as far as we read it. */
export interface TransferRow {
  readonly status: string;
  /** The layer's short id, or ''. */
  readonly id: string;
  /** Bytes; undefined where the row does not count bytes (newer engines count seconds while they unpack). */
  readonly bytes: { readonly current: number; readonly total: number } | undefined;
  /** The engine's words when the row says that it failed. */
  readonly error: string | undefined;
}

/** Reads a row leniently: what is missing or of another type is as if it were not there. */
export function transferRow(value: unknown): TransferRow {
  const row = asRecord(value);
  const detail = asRecord(row.progressDetail);
  const counts = typeof detail.current === 'number' && detail.units === undefined;
  const error = asRecord(row.errorDetail).message ?? row.error;
  return {
    status: typeof row.status === 'string' ? row.status : '',
    id: typeof row.id === 'string' ? row.id : '',
    bytes: counts ? { current: Number(detail.current), total: typeof detail.total === 'number' ? detail.total : 0 } : undefined,
    error: error === undefined ? undefined : String(error),
  };
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
