/** One value of a metric; the names of its labels are the metric's own. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A metric with all of its series. */
export interface MetricFamily {
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly series: readonly Series[];
}

/** What Prometheus calls its text format 0.0.4, which every version since 0.4 reads. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** The families in Prometheus's text format, each with HELP and TYPE before its series; one without series is left out. */
export function expositionText(families: readonly MetricFamily[]): string {
  return families.map(familyText).join('');
}

function familyText({ name, type, help, series }: MetricFamily): string {
  if (series.length === 0) return '';
  let text = `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n`;
  for (const { labels, value } of series) text += `${name}${labelText(labels)} ${numberText(value)}\n`;
  return text;
}

/** A page of a hundred nodes has ten thousand labels. */
function labelText(labels: Series['labels']): string {
  let text = '';
  for (const name in labels) text += `${text === '' ? '{' : ','}${name}="${escaped(labels[name] ?? '').replaceAll('"', '\\"')}"`;
  return text === '' ? '' : `${text}}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
}

/** As Go reads a float: JavaScript spells only infinity otherwise. */
function numberText(value: number): string {
  return value === Number.POSITIVE_INFINITY ? '+Inf' : String(value).replace('Infinity', 'Inf');
}
