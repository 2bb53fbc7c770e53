import type { NodeSample } from '../sample.ts';
import type { MetricFamily, Series } from './exposition.ts';

/** One value of a metric: what its labels say, in the metric's order, and the number; null = not known, and then there is no series. */
export interface Reading {
  readonly labels: readonly string[];
  readonly value: number | null;
}

/** What can be told of a node: a row of the table. The label `node` stands before the others. */
export interface NodeMetric {
  readonly name: `nodectl_node_${string}`;
  readonly type: MetricFamily['type'];
  /** One sentence; the unit is the end of the name. */
  readonly help: string;
  /** Names of the labels; each takes few values, or one in a node's life. */
  readonly labels: readonly string[];
  read(sample: NodeSample): readonly Reading[];
}

/** The reading of a metric without labels of its own. */
export function only(value: number | null): readonly Reading[] {
  return [{ labels: [], value }];
}

/** One reading for each word, 1 for those that hold: a state set, in which every state is there and can be summed and compared. */
export function stateSet(words: readonly string[], holds: (word: string) => boolean): readonly Reading[] {
  return words.map((word) => ({ labels: [word], value: bit(holds(word)) }));
}

export function bit(holds: boolean): 0 | 1 {
  return holds ? 1 : 0;
}

/** Seconds since the epoch of an instant in ISO 8601; null stays null. */
export function instantSeconds(instant: string | null): number | null {
  return instant === null ? null : Date.parse(instant) / 1000;
}

/** A metric with its series for these nodes. */
export function familyOf({ name, type, help, labels, read }: NodeMetric, samples: readonly NodeSample[]): MetricFamily {
  const series: Series[] = [];
  for (const sample of samples) {
    for (const reading of read(sample)) {
      if (reading.value === null) continue;
      const own: Record<string, string> = { node: sample.node };
      for (const [at, label] of labels.entries()) own[label] = reading.labels[at] ?? '';
      series.push({ labels: own, value: reading.value });
    }
  }
  return { name, type, help, series };
}
