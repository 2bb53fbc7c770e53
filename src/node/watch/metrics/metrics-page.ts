import type { NodeSample } from '../sample.ts';
import { expositionText, type Series } from './exposition.ts';
import { bit, familyOf } from './metric.ts';
import { NODE_METRICS, SCRAPE_METRICS } from './metric-table.ts';

/** What one scrape found. */
export interface Scrape {
  /** Of nodectl. */
  readonly version: string;
  readonly engineUp: boolean;
  /** Every node of the engine by name, of a silent engine those it had; undefined = no look at it in time. */
  readonly nodes: ReadonlyMap<string, NodeSample | undefined>;
}

/** The page that Prometheus reads. */
export function metricsPage({ version, engineUp, nodes }: Scrape): string {
  const { build, engine, success } = SCRAPE_METRICS;
  const samples = [...nodes.values()].filter((sample) => sample !== undefined);
  const seen: readonly Series[] = [...nodes].map(([node, sample]) => ({ labels: { node }, value: bit(sample !== undefined) }));
  return expositionText([
    { ...build, series: [{ labels: { version }, value: 1 }] },
    { ...engine, series: [{ labels: {}, value: bit(engineUp) }] },
    { ...success, series: seen },
    ...NODE_METRICS.map((metric) => familyOf(metric, samples)),
  ]);
}
