import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { COMMANDS } from '../../../src/cli/commands/index.ts';
import { findEntry } from '../../../src/cli/find-entry.ts';
import { metricsPage } from '../../../src/node/watch/metrics/metrics-page.ts';
import { makeSample } from '../../node/watch/make-sample.ts';
import { CONSENSUS, SYNCING } from '../../node/watch/metrics/full-samples.ts';
import { requires } from '../../require.ts';
import { LABELS, wordsOf } from './known-metrics.ts';
import { joinedLabels, usesIn } from './used-metrics.ts';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly description: string };
}
interface Panel {
  readonly id: number;
  readonly title: string;
  readonly type: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string; readonly legendFormat: string }[];
}
interface Dashboard {
  readonly uid: string;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string | { readonly query: string } }[] };
}

const RULES = 'docs/monitoring/nodectl-alerts.yaml';
const CASES = 'test/docs/monitoring/alert-cases.yaml';
const rules = (parse(readFileSync(RULES, 'utf8')) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
const dashboard = JSON.parse(readFileSync('docs/monitoring/nodectl-dashboard.json', 'utf8')) as Dashboard;
const variables = dashboard.templating.list.map(({ name }) => `$${name}`);
const queries = dashboard.templating.list.flatMap(({ query }) => (typeof query === 'string' ? [] : [query.query]));
const panels = dashboard.panels.map((panel) => ({ ...panel, targets: panel.targets ?? [] }));
const targets = panels.flatMap((panel) => panel.targets.map((target) => ({ title: panel.title, ...target })));

/** Of an expression: what it names that no exporter of nodectl has. */
function unknownIn(expression: string): readonly string[] {
  const uses = usesIn(expression);
  const labels = new Set(uses.flatMap(({ metric }) => LABELS.get(metric) ?? []));
  const selected = uses.flatMap(({ metric, selected: chosen }) =>
    Object.entries(chosen).flatMap(([label, words]) => {
      if (!LABELS.get(metric)?.includes(label)) return [`${metric}{${label}}`];
      const known = wordsOf(metric, label);
      return words.filter((word) => known !== undefined && !known.includes(word)).map((word) => `${metric}{${label}="${word}"}`);
    }),
  );
  return [
    ...uses.map(({ metric }) => metric).filter((metric) => !LABELS.has(metric)),
    ...selected,
    ...joinedLabels(expression).filter((label) => !labels.has(label)),
  ];
}

/** The labels of what an expression gives: those of its first metric, since what follows only keeps or drops its series. */
const labelsOf = (expression: string) => LABELS.get(usesIn(expression)[0]?.metric ?? '') ?? [];

describe('the reader of expressions', () => {
  it('finds a metric, a label, a word and a join that do not exist', () => {
    expect(unknownIn('nodectl_node_peer == 0')).toEqual(['nodectl_node_peer']);
    expect(unknownIn('nodectl_node_peers{state="dead"}')).toEqual(['nodectl_node_peers{state}']);
    expect(unknownIn('nodectl_node_state{state=~"dead|ded"}')).toEqual(['nodectl_node_state{state="ded"}']);
    expect(unknownIn('nodectl_node_peers and on (name) nodectl_node_healthy')).toEqual(['name']);
  });
});

describe('the alert rules', () => {
  it.each(rules)('$alert names only what exists', ({ expr, annotations }) => {
    expect(usesIn(expr)).not.toEqual([]);
    expect(unknownIn(expr)).toEqual([]);
    const told = [...`${annotations.summary} ${annotations.description}`.matchAll(/\$labels\.(\w+)/g)].map(([, label]) => label as string);
    expect(told.filter((label) => !labelsOf(expr).includes(label))).toEqual([]);
  });

  it.each(rules)('$alert tells commands that exist', ({ annotations }) => {
    const commands = [...annotations.description.matchAll(/`nodectl ([^`]+)`/g)].map(([, words = '']) => words.split(' '));
    expect(commands.filter((words) => findEntry(words, COMMANDS) === undefined)).toEqual([]);
  });

  it('have a name of their own and a severity', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { alert, labels } of rules)
      expect([alert, labels.severity]).toEqual([alert, expect.stringMatching(/^(?:critical|warning)$/)]);
  });

  it('are each shown to fire by a case', () => {
    const { tests } = parse(readFileSync(CASES, 'utf8')) as {
      tests: { alert_rule_test: { alertname: string; exp_alerts: unknown[] }[] }[];
    };
    const shown = tests.flatMap(({ alert_rule_test }) => alert_rule_test);
    const fires = (alert: string) => shown.some(({ alertname, exp_alerts }) => alertname === alert && exp_alerts.length > 0);
    const silent = (alert: string) => shown.some(({ alertname, exp_alerts }) => alertname === alert && exp_alerts.length === 0);
    expect(rules.map(({ alert }) => alert).filter((alert) => !fires(alert) || !silent(alert))).toEqual([]);
  });
});

describe('the dashboard', () => {
  it.each(targets)('$title names only what exists: $expr', ({ expr, legendFormat }) => {
    const bare = expr.replaceAll('"$instance"', '"x"').replaceAll('"$node"', '"x"');
    expect(bare).not.toContain('$');
    expect(unknownIn(bare)).toEqual([]);
    const told = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label as string);
    expect(told.filter((label) => !labelsOf(expr).includes(label))).toEqual([]);
  });

  it('asks for its variables by what exists', () => {
    expect(queries.length).toBeGreaterThan(1);
    for (const query of queries) expect(unknownIn(query.replaceAll('$instance', 'x'))).toEqual([]);
    expect(variables).toEqual(['$datasource', '$instance', '$node']);
  });

  it('shows every metric of the table but those that say how things were made', () => {
    const shown = new Set(
      [...targets.map(({ expr }) => expr), ...rules.map(({ expr }) => expr)].flatMap(usesIn).map(({ metric }) => metric),
    );
    expect([...LABELS.keys()].filter((metric) => !shown.has(metric))).toEqual([
      'nodectl_build_info',
      'nodectl_node_warning_remaining_seconds',
      'nodectl_node_sample_timestamp_seconds',
      'nodectl_node_consensus_head_slot',
      'nodectl_node_consensus_finalized_epoch',
      'nodectl_node_light_refused_answers_total',
      'nodectl_node_sync_done',
      'nodectl_node_sync_target',
      'nodectl_node_start_time_seconds',
    ]);
  });

  it('has panels that do not overlap, each with an id of its own', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });
});

describe('docs/metrics.md', () => {
  const text = readFileSync('docs/metrics.md', 'utf8');
  const named = [...text.matchAll(/`([^`\n]*nodectl_[^`\n]*)`/g)].map(([, words = '']) => words);

  it.each(named)('names only what exists: %s', (words) => {
    expect(unknownIn(words)).toEqual([]);
  });

  it('links to what a person has to load', () => {
    for (const file of ['monitoring/nodectl-alerts.yaml', 'monitoring/nodectl-dashboard.json', 'reference/metrics.md'])
      expect(text).toContain(`](${file})`);
  });
});

describe.skipIf(!(await requires('promtool')))("Prometheus's own tool", () => {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-promtool-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const promtool = (words: readonly string[], input = '') => execFileSync('promtool', words, { input, encoding: 'utf8', stdio: 'pipe' });

  it.each([
    ['a node at its head', makeSample()],
    ['a sync', SYNCING],
    ['a pair', CONSENSUS],
    ['warnings', makeSample({ warnings: [{ kind: 'disk-full', text: '', inMs: 1 }] })],
  ])('has nothing to say against the page of %s', (_name, sample) => {
    const nodes = new Map([
      ['odd"\\\n', { ...sample, node: 'odd"\\\n' }],
      [sample.node, sample],
    ]);
    expect(promtool(['check', 'metrics'], metricsPage({ version: '1.2.3', engineUp: true, nodes }))).toBe('');
  });

  it('accepts the alert rules, and as rules every expression of the dashboard and of docs/metrics.md', () => {
    expect(promtool(['check', 'rules', RULES])).toContain(`SUCCESS: ${rules.length} rules found`);
    const asked = [...readFileSync('docs/metrics.md', 'utf8').matchAll(/^\| .*\? \| `(.*)` \|$/gm)].map(([, expr = '']) => expr);
    expect(asked.length).toBeGreaterThan(4);
    const exprs = [...targets.map(({ expr }) => expr), ...asked].map((expr, at) => ({ record: `panel:${at}`, expr }));
    const file = join(folder, 'dashboard.json');
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules: exprs }] }));
    expect(promtool(['check', 'rules', file])).toContain(`SUCCESS: ${exprs.length} rules found`);
  });

  it('sees each alert fire where it should, and only there', () => {
    expect(promtool(['test', 'rules', CASES])).toContain('SUCCESS');
  });
});
