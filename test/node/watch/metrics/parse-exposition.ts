import type { MetricFamily } from '../../../../src/node/watch/metrics/exposition.ts';

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = new RegExp(`(${NAME})="((?:[^"\\\\\\n]|\\\\["\\\\n])*)"(?:,|$)`, 'gy');
const SERIES = new RegExp(`^(${NAME})(?:\\{(.*)\\})? (\\S+)$`, 's');

/** Reads the text format strictly, as its description has it; throws on anything else, on a second series of the same labels, and on series apart from their HELP and TYPE. */
export function parseExposition(text: string): ReadonlyMap<string, MetricFamily> {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  const families = new Map<string, MetricFamily & { series: MetricFamily['series'][number][] }>();
  const seen = new Set<string>();
  let help: readonly [string, string] | undefined;
  let current: string | undefined;
  for (const line of text.split('\n').slice(0, -1)) {
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
    if (kind === 'HELP') {
      help = [name, rest];
      current = undefined;
    } else if (kind === 'TYPE') {
      if (help?.[0] !== name || families.has(name) || !/^(?:gauge|counter)$/.test(rest)) throw new Error(`misplaced: ${line}`);
      families.set(name, { name, type: rest as MetricFamily['type'], help: help[1], series: [] });
      current = name;
    } else {
      const [, metric, labels, value = ''] = SERIES.exec(line) ?? [];
      if (metric === undefined || metric !== current) throw new Error(`misplaced: ${line}`);
      const key = `${metric}{${labels}}`;
      if (seen.has(key)) throw new Error(`twice: ${line}`);
      seen.add(key);
      families.get(metric)?.series.push({ labels: readLabels(labels ?? '', line), value: readNumber(value, line) });
    }
  }
  return families;
}

function readLabels(text: string, line: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  let end = 0;
  LABEL.lastIndex = 0;
  for (const [whole, name = '', value = ''] of text.matchAll(LABEL)) {
    found[name] = value.replaceAll(/\\(.)/g, (_escape, letter: string) => (letter === 'n' ? '\n' : letter));
    end += whole.length;
  }
  if (end !== text.length) throw new Error(`no labels: ${line}`);
  return found;
}

function readNumber(text: string, line: string): number {
  const number = Number(text.replace('Inf', 'Infinity'));
  if (Number.isNaN(number) && text !== 'NaN') throw new Error(`no number: ${line}`);
  return number;
}
