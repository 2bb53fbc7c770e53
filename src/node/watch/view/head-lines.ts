import type { NodeStatus } from '../../node-status.ts';
import type { NodeSample } from '../sample.ts';
import { age } from './amounts.ts';
import { cut, widthOf, wrap } from './cell-width.ts';
import type { Weighed } from './fit-rows.ts';
import { ellipsis, lineWidth, type Span, shown, type Tone, type ViewStyle } from './line.ts';
import { stateReason, stateTone, stateWords } from './state-words.ts';
import type { Blind, View } from './view.ts';

/** Sentences are cut after so many lines. */
const MOST_LINES = 4;
/** Less of a name names nobody. */
const LEAST_NAME = 8;
const GAP = 2;
const BLIND = { 'engine-lost': 'engine lost', gone: 'no container' } as const satisfies Record<Blind['kind'], string>;

/** The top of the view: which node, where it stands and why, what it is, and whether the engine is there. */
export function headLines(view: View, columns: number, style: ViewStyle): readonly Weighed[] {
  const { blind, now, samples } = view;
  const sample = samples.at(-1);
  const away = blind === undefined ? '' : blindText(blind, now, sample);
  const reason = sample === undefined || blind !== undefined ? undefined : stateReason(sample.status.sync);
  return [
    ...titleLines(view, columns, style),
    ...sentence(away, 'red', { columns, weight: 0, style }),
    ...sentence(reason ?? '', sample === undefined ? 'dim' : stateTone(sample.status), { columns, weight: 2, style }),
    ...(sample === undefined ? [] : sentence(aboutText(sample.status), 'dim', { columns, weight: 7, style })),
  ];
}

/** The node and its state beside each other. Of a long name the beginning; on a terminal without room for both, the state first. */
function titleLines({ node, blind, samples, hint }: View, columns: number, style: ViewStyle): readonly Weighed[] {
  const sample = samples.at(-1);
  const words = blind !== undefined ? [BLIND[blind.kind]] : sample === undefined ? ['looking'] : stateWords(sample.status.sync);
  const tone = blind !== undefined ? 'red' : sample === undefined ? 'dim' : stateTone(sample.status);
  if (node === '') return [{ line: [{ text: words[0] ?? '', tone }], weight: 0 }];
  const longest = Math.min(LEAST_NAME, widthOf(node));
  const text = words.find((each) => columns - widthOf(each) - GAP >= longest) ?? words.at(-1) ?? '';
  const state: Span = { text, tone };
  const room = columns - widthOf(text) - GAP;
  if (room < longest)
    return [
      { line: [state], weight: 0 },
      { line: [{ text: node, tone: 'bold' }], weight: 6 },
    ];
  const title: Span[] = [{ text: cut(node, room, ellipsis(style)), tone: 'bold' }, { text: ' '.repeat(GAP) }, state];
  const gap = columns - lineWidth(title, style) - widthOf(hint);
  return [{ line: gap < GAP ? title : [...title, { text: `${' '.repeat(gap)}${hint}`, tone: 'dim' }], weight: 0 }];
}

/** A sentence in as many lines as it takes; what does not fit on the first is spared sooner. */
export function sentence(
  text: string,
  tone: Tone | undefined,
  { columns, weight, style }: { readonly columns: number; readonly weight: number; readonly style: ViewStyle },
): readonly Weighed[] {
  const lines = wrap(shown(text, style), columns);
  const kept = lines.slice(0, MOST_LINES - 1);
  const rest = lines.slice(MOST_LINES - 1).join(' ');
  return [...kept, ...(rest === '' ? [] : [rest])].map((line, at) => ({ line: [{ text: line, tone }], weight: weight + (at > 0 ? 1 : 0) }));
}

function blindText(blind: Blind, now: number, sample: NodeSample | undefined): string {
  const lasting = age(now - blind.since);
  const what =
    blind.kind === 'gone'
      ? `The node has had no container for ${lasting}.`
      : `The engine has not answered for ${lasting}: ${blind.message}`;
  if (sample === undefined) return what;
  return `${what} What stands below is ${age(now - sample.time)} old; the node was ${stateWords(sample.status.sync)[0]}.`;
}

function aboutText(status: NodeStatus): string {
  const { container, geth } = status;
  const life = container.uptimeMs === null ? ended(container) : `${container.state} for ${age(container.uptimeMs)}`;
  const restarts = container.restartCount > 0 ? `restarted ${container.restartCount} times` : undefined;
  const program = status.light === null && geth.version !== null ? `geth ${geth.version}` : status.light?.backend;
  return [status.network, status.mode, program, life, restarts].filter(Boolean).join(', ');
}

function ended({ state, exitCode, oomKilled, error }: NodeStatus['container']): string {
  const code = exitCode === null ? '' : ` with exit code ${exitCode}`;
  return `${state}${code}${oomKilled ? ', out of memory' : ''}${error === null ? '' : `, ${error}`}`;
}
