import { NODE_METRICS, SCRAPE_METRICS } from '../../../src/node/watch/metrics/metric-table.ts';
import { metricsPage } from '../../../src/node/watch/metrics/metrics-page.ts';
import type { NodeSample } from '../../../src/node/watch/sample.ts';
import { makeSample } from '../../node/watch/make-sample.ts';
import { CONSENSUS, SYNCING } from '../../node/watch/metrics/full-samples.ts';
import { parseExposition } from '../../node/watch/metrics/parse-exposition.ts';

/** Labels that Prometheus adds to what it scrapes. */
const ADDED = ['instance', 'job'];

/** What exporters of nodectl tell: labels by metric, also those that Prometheus adds. */
export const LABELS: ReadonlyMap<string, readonly string[]> = new Map([
  ['up', ADDED],
  ...Object.values(SCRAPE_METRICS).map(({ name, labels }) => [name, [...labels, ...ADDED]] as const),
  ...NODE_METRICS.map(({ name, labels }) => [name, ['node', ...labels, ...ADDED]] as const),
]);

/** Of the labels whose words are ours, the words that a metric can have there. */
export function wordsOf(metric: string, label: string): readonly string[] | undefined {
  if (['node', 'version', 'network', 'mode', 'consensus', ...ADDED].includes(label)) return undefined;
  return [...new Set(PAGES.flatMap((page) => page.get(metric)?.series ?? []).map(({ labels }) => labels[label] ?? ''))];
}

const PAGES = [makeSample(), SYNCING, CONSENSUS, makeSample({ warnings: [{ kind: 'disk-full', text: '', inMs: 1 }] })].map(pageOf);

function pageOf(sample: NodeSample): ReturnType<typeof parseExposition> {
  return parseExposition(metricsPage({ version: '1', engineUp: true, nodes: new Map([[sample.node, sample]]) }));
}
