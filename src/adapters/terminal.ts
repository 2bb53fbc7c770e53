import { NodectlError } from '../errors.ts';
import type { Progress } from '../ports/progress.ts';
import type { Clock, Console } from '../ports.ts';
import { progressLine } from './progress-line.ts';

interface TerminalParts {
  readonly write: (text: string) => void;
  /** True where one line may be rewritten and colour is welcome: a terminal that is not a CI log. */
  readonly lively: boolean;
  readonly columns: number;
  readonly clock: Pick<Clock, 'now'>;
  /** Asks the person, `hidden` without showing what is typed, and gives the answer's text; undefined where nobody can answer. */
  readonly ask: ((question: string, hidden: boolean) => Promise<string>) | undefined;
}

/** How often a log without a terminal hears of progress. */
const SPARSE_MS = 10_000;
const LIVELY_MS = 80;
const CLEAR_LINE = '\r\u001b[2K';

/** Notices, progress and questions on standard error: one live line with a bar on a terminal, sparse plain lines elsewhere. */
export function terminal(parts: TerminalParts): Console {
  let shown: { what: string; at: number; line: string } | undefined;

  const endLine = () => {
    if (shown !== undefined && parts.lively) parts.write(CLEAR_LINE);
    shown = undefined;
  };
  const say = (text: string) => {
    const kept = shown;
    if (kept !== undefined && parts.lively) parts.write(CLEAR_LINE);
    parts.write(`${text}\n`);
    if (kept !== undefined && parts.lively) parts.write(kept.line);
  };

  return {
    notice: say,
    warn: (text) => say(`warning: ${text}`),
    progress(progress: Progress | undefined) {
      if (progress === undefined) return endLine();
      const now = parts.clock.now();
      const isNew = shown === undefined || shown.what !== progress.what;
      const isLast = progress.total > 0 && progress.done >= progress.total;
      if (!isNew && !isLast && now - (shown?.at ?? 0) < (parts.lively ? LIVELY_MS : SPARSE_MS)) return;
      const line = progressLine(progress, parts.lively ? parts.columns : undefined);
      if (line === shown?.line) return;
      parts.write(parts.lively ? `${CLEAR_LINE}${line}` : `${line}\n`);
      shown = { what: progress.what, at: now, line };
    },
    async confirm(question, flag) {
      if (parts.ask === undefined) {
        throw new NodectlError('CONFIRMATION_REQUIRED', `There is no terminal to ask on: ${question}`, {
          hint: `Add ${flag} to agree without a terminal.`,
        });
      }
      endLine();
      return /^y(es)?$/i.test((await parts.ask(`${question} [y/N] `, false)).trim());
    },
    secret(question, flag) {
      if (parts.ask === undefined) {
        return Promise.reject(new NodectlError('USAGE', `There is no terminal to ask on: ${question}`, { hint: `Give it with ${flag}.` }));
      }
      endLine();
      return parts.ask(`${question} `, true);
    },
  };
}
