import { spawn } from 'node:child_process';
import { isTelling } from '../diagnosis/kernel/is-telling.ts';
import { type JournalLine, journalLine } from '../diagnosis/kernel/journal-line.ts';
import { MOST_ENTRIES } from './kernel-ring.ts';

/** A line of an ordinary program's message has a few KiB. */
const LONGEST_LINE = 64 * 1024;

export interface JournalQuestion {
  /** Both instants. */
  readonly from: number;
  readonly to: number;
  /** Also what the kernel wrote. */
  readonly kernel: boolean;
  readonly timeoutMs: number;
}

export interface JournalAnswer {
  /** Telling lines, oldest first. */
  readonly lines: readonly JournalLine[];
  /** Instant from which on the kernel's lines are complete; undefined where it shows none at all. */
  readonly kernelSince: number | undefined;
}

/** Also of boots before this one; options of systemd 232, the oldest with an engine that nodectl works with. */
function journalWords({ from, to, kernel }: JournalQuestion): readonly string[] {
  const seconds = (instant: number, round: (value: number) => number) => `@${round(instant / 1000)}`;
  return [
    ...['--quiet', '--no-pager', '--reverse', '--output', 'json', '--until', seconds(to, Math.ceil)],
    ...(kernel ? ['_TRANSPORT=kernel', '+'] : ['--since', seconds(from, Math.floor)]),
    ...['_SYSTEMD_UNIT=systemd-oomd.service', '+', '_SYSTEMD_UNIT=earlyoom.service'],
  ];
}

/** What the journal tells; undefined where there is none. The newest lines come first, so that a long journal costs no more than it must. */
export function readJournal(program: string, question: JournalQuestion): Promise<JournalAnswer | undefined> {
  return new Promise((resolve) => {
    const child = spawn(program, journalWords(question), {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    const lines: JournalLine[] = [];
    let kernelSince: number | undefined;
    let missing = false;
    let rest = '';
    let overlong = false;

    const done = () => {
      clearTimeout(timer);
      child.stdout.destroy();
      child.kill('SIGKILL');
      resolve(missing ? undefined : { lines: [...lines].reverse(), kernelSince });
    };
    const timer = setTimeout(done, question.timeoutMs);

    /** False where nothing older matters. */
    const take = (json: string): boolean => {
      const line = journalLine(json);
      if (line === undefined) return true;
      const older = line.at < question.from;
      if (line.writer === 'kernel') kernelSince = older ? question.from : line.at;
      if (older) return !question.kernel || line.writer !== 'kernel';
      if (isTelling(line)) lines.push(line);
      return lines.length < MOST_ENTRIES;
    };
    child.on('error', () => {
      missing = true;
      done();
    });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) {
        const whole = !overlong && part.length <= LONGEST_LINE;
        overlong = false;
        if (whole && !take(part)) return done();
      }
      if (rest.length > LONGEST_LINE) {
        rest = '';
        overlong = true;
      }
    });
    child.stdout.on('end', done);
  });
}
