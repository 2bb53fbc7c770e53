import { describe, expect, it } from 'vitest';
import { WARNING_KINDS } from '../../../../src/node/watch/early-warning.ts';
import { NODE_METRICS, SCRAPE_METRICS } from '../../../../src/node/watch/metrics/metric-table.ts';
import { metricsPage } from '../../../../src/node/watch/metrics/metrics-page.ts';
import { NODE_STATES } from '../../../../src/node/watch/metrics/state-words.ts';
import type { NodeSample } from '../../../../src/node/watch/sample.ts';
import { NOW } from '../../make-node.ts';
import { makeContainer, makeSample } from '../make-sample.ts';
import { CONSENSUS, SYNCING } from './full-samples.ts';
import { parseExposition } from './parse-exposition.ts';

const page = (...samples: readonly NodeSample[]) =>
  metricsPage({ version: '1.2.3', engineUp: true, nodes: new Map(samples.map((sample) => [sample.node, sample])) });

/** Of a page: the value by labels, as `part=execution`; the label `node` is left out. */
function values(text: string, metric: string): Readonly<Record<string, number>> {
  const series = parseExposition(text).get(metric)?.series ?? [];
  return Object.fromEntries(
    series.map(({ labels: { node: _node, ...labels }, value }) => [
      Object.entries(labels)
        .map(([name, word]) => `${name}=${word}`)
        .join(' '),
      value,
    ]),
  );
}

describe('the page of a scrape', () => {
  it('tells nodectl and the engine also where there is no node', () => {
    expect(page()).toBe(
      [
        '# HELP nodectl_build_info Always 1: the nodectl that tells all this.',
        '# TYPE nodectl_build_info gauge',
        'nodectl_build_info{version="1.2.3"} 1',
        '# HELP nodectl_engine_up Whether the Docker engine answered in time.',
        '# TYPE nodectl_engine_up gauge',
        'nodectl_engine_up 1',
        '',
      ].join('\n'),
    );
  });

  it('says of a node that was not seen in time only that', () => {
    const families = parseExposition(metricsPage({ version: '1', engineUp: false, nodes: new Map([['mainnet', undefined]]) }));
    expect([...families.keys()]).toEqual(['nodectl_build_info', 'nodectl_engine_up', 'nodectl_node_scrape_success']);
    expect(families.get('nodectl_engine_up')?.series).toEqual([{ labels: {}, value: 0 }]);
    expect(families.get('nodectl_node_scrape_success')?.series).toEqual([{ labels: { node: 'mainnet' }, value: 0 }]);
  });

  it('tells every node under its own label', () => {
    const text = page(makeSample({}, { node: 'one', peers: 1 }), makeSample({}, { node: 'two', peers: 2 }));
    expect(parseExposition(text).get('nodectl_node_peers')?.series).toEqual([
      { labels: { node: 'one' }, value: 1 },
      { labels: { node: 'two' }, value: 2 },
    ]);
    expect(
      parseExposition(text)
        .get('nodectl_node_scrape_success')
        ?.series.map(({ value }) => value),
    ).toEqual([1, 1]);
  });

  it.each(NODE_STATES)('has %s as the one state of the set that holds', (state) => {
    const told = values(
      page(makeSample({}, { sync: { ...{ phase: 'state', reason: '', forMs: 0, ageMs: 0, chainId: 1, indexing: 0 }, state } as never })),
      'nodectl_node_state',
    );
    expect(Object.keys(told)).toEqual(NODE_STATES.map((word) => `state=${word}`));
    expect(Object.entries(told).filter(([, value]) => value !== 0)).toEqual([[`state=${state}`, 1]]);
  });

  it('gives instants, durations and shares in seconds and in 0 to 1', () => {
    const text = page(makeSample());
    expect(values(text, 'nodectl_node_sample_timestamp_seconds')).toEqual({ '': NOW / 1000 });
    expect(values(text, 'nodectl_node_head_timestamp_seconds')).toEqual({ '': NOW / 1000 - 7 });
    expect(values(text, 'nodectl_node_start_time_seconds')).toEqual({ 'part=execution': Date.parse('2026-11-20T12:00:00Z') / 1000 });
    expect(values(text, 'nodectl_node_pressure_ratio')).toEqual({
      'resource=memory stall=some': 0.125,
      'resource=memory stall=full': 0.0625,
      'resource=cpu stall=some': 0.25,
      'resource=io stall=some': 0.5,
      'resource=io stall=full': 0.375,
    });
  });

  it('leaves out what is not known, and never calls it 0', () => {
    const blind = { memoryBytes: null, swapBytes: null, cpusAverage: null, diskBytes: null, source: null };
    const unknown = { cpus: null, workingSetBytes: null, heldBytes: null, pressure: null, swapIo: null, diskFreeBytes: null };
    const silent = { head: null, finalized: null, peers: null, txpool: null, use: blind };
    const limits = { memoryBytes: null, swapBytes: null, cpus: null, pids: null };
    const started = makeContainer({ startedAt: null });
    const families = parseExposition(page(makeSample(unknown, { ...silent, limits, container: started })));
    expect([...families.keys()].filter((name) => name.startsWith('nodectl_node_'))).toEqual([
      'nodectl_node_scrape_success',
      'nodectl_node_info',
      'nodectl_node_state',
      'nodectl_node_healthy',
      'nodectl_node_warning',
      'nodectl_node_sample_timestamp_seconds',
      'nodectl_node_sync_phase',
      'nodectl_node_restarts_total',
      'nodectl_node_oom_killed',
    ]);
  });

  it('has no time of a genesis block that bears none', () => {
    const head = { number: 0, hash: '0x0', time: new Date(0).toISOString(), ageMs: null };
    const families = parseExposition(page(makeSample({}, { head })));
    expect(families.has('nodectl_node_head_timestamp_seconds')).toBe(false);
    expect(families.get('nodectl_node_head_block')?.series[0]?.value).toBe(0);
  });

  it('tells the phases of a sync each in its unit, and no time to go of one that has none', () => {
    const text = page(SYNCING);
    expect(values(text, 'nodectl_node_sync_phase')).toEqual({
      'phase=headers': 0,
      'phase=chain': 1,
      'phase=state': 0,
      'phase=healing': 1,
      'phase=indexing': 0,
    });
    expect(values(text, 'nodectl_node_sync_done')).toEqual({ 'phase=chain unit=blocks': 750, 'phase=healing unit=trie-nodes': 5000 });
    expect(values(text, 'nodectl_node_sync_target')).toEqual({ 'phase=chain unit=blocks': 1000 });
    expect(values(text, 'nodectl_node_sync_progress_ratio')).toEqual({ 'phase=chain': 0.75 });
    expect(values(text, 'nodectl_node_sync_pending')).toEqual({ 'phase=healing unit=trie-nodes': 70 });
    expect(values(text, 'nodectl_node_sync_rate')).toEqual({ 'phase=chain unit=blocks': 12.5 });
    expect(values(text, 'nodectl_node_sync_remaining_seconds')).toEqual({ 'phase=chain': 20 });
  });

  it('tells each part of a node by itself', () => {
    const text = page(CONSENSUS);
    expect(values(text, 'nodectl_node_memory_limit_bytes')).toEqual({ 'part=execution': 8 * 2 ** 30, 'part=consensus': 2 ** 31 });
    expect(values(text, 'nodectl_node_restarts_total')).toEqual({ 'part=execution': 0, 'part=consensus': 3 });
    expect(values(text, 'nodectl_node_exit_code')).toEqual({ 'part=consensus': 137 });
    expect(Object.entries(values(text, 'nodectl_node_consensus_state')).filter(([, value]) => value === 1)).toEqual([['state=dead', 1]]);
  });

  it('says every kind of warning, raised or not, and the time left where it is known', () => {
    const warnings = [
      { kind: 'memory-limit', text: 'memory', inMs: 90_000 },
      { kind: 'no-peers', text: 'peers', inMs: null },
    ] as const;
    const text = page(makeSample({ warnings }));
    const told = values(text, 'nodectl_node_warning');
    expect(Object.keys(told)).toEqual(WARNING_KINDS.map((kind) => `kind=${kind}`));
    expect(Object.keys(told).filter((kind) => told[kind] === 1)).toEqual(['kind=memory-limit', 'kind=no-peers']);
    expect(values(text, 'nodectl_node_warning_remaining_seconds')).toEqual({ 'kind=memory-limit': 90 });
  });
});

describe('the table of metrics', () => {
  const all = [...Object.values(SCRAPE_METRICS), ...NODE_METRICS];

  it('has each name once', () => {
    const names = all.map(({ name }) => name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it.each(all)('$name is named as Prometheus asks for', ({ name, type, help, labels }) => {
    expect(name).toMatch(/^nodectl(?:_[a-z]+)+$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
    expect(name).not.toMatch(/_(?:ms|milliseconds|minutes|hours|percent|mib|gib|kb|gauge|counter)(?:_|$)/);
    expect(help).toMatch(/^[A-Z].*\.$/);
    for (const label of labels) expect(label).toMatch(/^[a-z_]+$/);
  });

  it('gives every metric a value for some node, with as many words as it has labels', () => {
    const samples = [makeSample(), SYNCING, CONSENSUS, makeSample({ warnings: [{ kind: 'disk-full', text: '', inMs: 1 }] })];
    for (const { name, labels, read } of NODE_METRICS) {
      const readings = samples.flatMap((sample) => read(sample));
      if (name !== 'nodectl_node_light_refused_answers_total')
        expect([name, readings.some(({ value }) => value !== null)]).toEqual([name, true]);
      for (const reading of readings) expect([name, reading.labels.length]).toEqual([name, labels.length]);
    }
  });

  it('stays below two hundred series for a node, whatever it does', () => {
    for (const sample of [makeSample(), SYNCING, CONSENSUS]) {
      const count = [...parseExposition(page(sample)).values()].reduce((sum, { series }) => sum + series.length, 0);
      expect(count).toBeLessThan(200);
    }
  });
});
