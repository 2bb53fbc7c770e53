import type { CaseReport, Diagnosis, ToldVerdict } from '../diagnosis/report.ts';
import { VERDICT_CLASSES } from '../diagnosis/verdict-classes.ts';
import { formatDuration } from '../node/duration.ts';
import type { Style } from './style.ts';
import { textTable } from './text-table.ts';
import { wrapped } from './wrapped.ts';

const COLUMNS = 80;
const INDENT = '  ';
/** So many ends of a history are shown; `--json` has them all. */
const MOST_ENDS = 20;

/** Each case with its verdict first, then what speaks for it, then what helps; at the end how often that happened. */
export function diagnosisText(report: Diagnosis, style: Style): string {
  const now = Date.parse(report.at);
  const several = new Set(report.cases.map(({ container }) => container)).size > 1;
  const blocks = report.cases.map((one, index) =>
    caseText(one, several || report.node === null ? one.container : report.node, index === 0, style, now),
  );
  return [...blocks, historyText(report, style)].join('\n\n');
}

function caseText(one: CaseReport, name: string, first: boolean, style: Style, now: number): string {
  const { verdict, also, cost } = one;
  // Beside what is wrong, what is well is told in a sentence.
  if (verdict.code === 0 && !first)
    return `${headline(one, name, style, now)}\n${INDENT}${wrapped(verdict.meaning, COLUMNS - INDENT.length, INDENT)}`;
  return [
    headline(one, name, style, now),
    `${INDENT}${wrapped(verdict.meaning, COLUMNS - INDENT.length, INDENT)}`,
    ...section('Evidence', evidenceLines(verdict.supports), style),
    ...section('Against it, or not seen', evidenceLines(verdict.doubts), style),
    ...section(
      'Also seen',
      also.map(({ id, confidence, meaning }) => paragraph(`${id} (${confidence}): ${meaning}`)),
      style,
    ),
    ...section('What it cost', (cost?.text ?? []).map(paragraph), style),
    ...section('What to do', remedyLines(verdict, style), style),
  ].join('\n');
}

function headline({ verdict, run, state }: CaseReport, name: string, style: Style, now: number): string {
  const { code, confidence, id } = verdict;
  const tone = code === 0 ? 'green' : code === 3 ? 'yellow' : 'red';
  const { startedAt, endedAt } = run;
  const ago = endedAt === null ? '' : `, ${formatDuration(Math.max(0, now - Date.parse(endedAt)))} ago`;
  const lasted =
    startedAt === null || endedAt === null ? '' : ` after ${formatDuration(Math.max(0, Date.parse(endedAt) - Date.parse(startedAt)))}`;
  const again = run.present ? '' : `; now ${state}`;
  const words =
    id === 'never-started' ? 'never started' : code === 0 && endedAt !== null ? 'stopped in good order' : VERDICT_CLASSES[code].title;
  const title = `${style.paint('bold', name)}: ${style.paint(tone, words)}`;
  return `${title}${ago}${lasted}${again} ${style.paint('dim', `[${id}, ${confidence}, ${code}]`)}`;
}

function evidenceLines(lines: ToldVerdict['supports']): readonly string[] {
  return lines.map(({ source, value, at }) =>
    paragraph(`${at === null ? '' : `${at.slice(0, 19).replace('T', ' ')}  `}${source}: ${value}`),
  );
}

function remedyLines({ remedies }: ToldVerdict, style: Style): readonly string[] {
  return remedies.flatMap(({ text, commands }) => [
    paragraph(text),
    ...commands.map((command) => `${INDENT}${INDENT}${style.paint('cyan', command)}`),
  ]);
}

function paragraph(text: string): string {
  return `${INDENT}${wrapped(text, COLUMNS - INDENT.length, `${INDENT}${INDENT}`)}`;
}

function section(title: string, lines: readonly string[], style: Style): readonly string[] {
  return lines.length === 0 ? [] : ['', style.paint('bold', title), ...lines];
}

function historyText({ history }: Diagnosis, style: Style): string {
  const { deaths, summary } = history;
  const told = `${style.paint('bold', 'History')}: ${summary}.`;
  if (deaths.length < 2) return told;
  const rows = deaths
    .slice(-MOST_ENDS)
    .map(({ endedAt, startedAt, exitCode, verdict, confidence, container }) => [
      endedAt === null ? '?' : endedAt.slice(0, 19).replace('T', ' '),
      startedAt === null || endedAt === null ? '?' : formatDuration(Date.parse(endedAt) - Date.parse(startedAt)),
      exitCode === null ? '?' : String(exitCode),
      `${verdict} (${confidence})`,
      container,
    ]);
  return `${told}\n${textTable(['ENDED (UTC)', 'AFTER', 'EXIT', 'VERDICT', 'CONTAINER'], rows, style)}`;
}
