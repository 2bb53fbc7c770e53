import { WARNING_KINDS } from '../../src/node/watch/early-warning.ts';
import { NODE_METRICS, SCRAPE_METRICS } from '../../src/node/watch/metrics/metric-table.ts';
import { CONSENSUS_STATES, NODE_STATES } from '../../src/node/watch/metrics/state-words.ts';
import { markdownTable } from './markdown-table.ts';

/** docs/reference/metrics.md, from the table that the exporter serves. */
export function metricsReference(): string {
  const all = [...Object.values(SCRAPE_METRICS), ...NODE_METRICS.map((metric) => ({ ...metric, labels: ['node', ...metric.labels] }))];
  const rows = all.map(({ name, type, labels, help }) => [`\`${name}\``, type, labels.join(', '), help]);
  const sets = [
    ['`nodectl_node_state`', 'state', NODE_STATES.join(', ')],
    ['`nodectl_node_consensus_state`', 'state', CONSENSUS_STATES.join(', ')],
    ['`nodectl_node_warning`', 'kind', WARNING_KINDS.join(', ')],
  ];
  return [
    '# Metrics',
    '',
    'What `nodectl watch --listen` tells Prometheus, in its text format 0.0.4; [how to use it](../metrics.md).',
    '',
    ...markdownTable(['Metric', 'Type', 'Labels', 'Tells'], rows),
    '',
    '## State sets',
    '',
    'One series for each word, 1 where it holds and 0 where it does not.',
    '',
    ...markdownTable(['Metric', 'Label', 'Words'], sets),
    '',
  ].join('\n');
}
