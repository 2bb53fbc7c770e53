import type { TransferRow } from './transfer-row.ts';

/** The bytes of a pull, summed over its layers. It outlives a retry, so that what is done stays counted. */
export interface LayerSum {
  take(row: TransferRow): void;
  readonly done: number;
  readonly total: number;
}

/** Layers the engine is ever told to have; a hostile stream of ids ends here. */
const LAYER_LIMIT = 1000;

const COMPLETE = /^(Download complete|Verifying Checksum|Pull complete|Already exists|Extracting)$/;

/** An empty sum. */
export function layerSum(): LayerSum {
  const layers = new Map<string, { done: number; total: number }>();
  const sumOf = (field: 'done' | 'total') => [...layers.values()].reduce((sum, layer) => sum + layer[field], 0);
  return {
    take({ status, id, bytes }) {
      const known = layers.get(id);
      if (status === 'Downloading' && bytes !== undefined && (known !== undefined || layers.size < LAYER_LIMIT)) {
        layers.set(id, { done: bytes.current, total: Math.max(bytes.total, bytes.current, known?.total ?? 0) });
      } else if (known !== undefined && COMPLETE.test(status)) {
        known.done = known.total;
      }
    },
    get done() {
      return sumOf('done');
    },
    get total() {
      return sumOf('total');
    },
  };
}
