import { printable } from '../../node/printable.ts';
import type { OomKill } from './kernel-record.ts';
import { isPiece, type OomSummary, oomLine } from './oom-lines.ts';

const LONGEST_LINE = 600;
/** The kernel keeps 15 bytes. */
const LONGEST_NAME = 32;
/** Of one line: each word of it may have been written by itself. */
const MOST_PIECES = 12;
const MOST_LINES = 12;
/** A group that dies together is told within this, and a process that is told twice too. */
const TOGETHER_MS = 5_000;

/** The lines before a kill, as far as they came. */
interface Block {
  readonly at: number;
  lines: string[];
  memory: number | null;
  swap: number | null;
  /** Memory and swap together, as cgroup v1 counts. */
  both: number | null;
  scope: 'host' | 'limit' | undefined;
  summary: (Partial<OomSummary> & Pick<OomSummary, 'limitCgroup' | 'victimCgroup'>) | undefined;
}

/** Puts together what the kernel says of a kill in several lines, which others may stand between; holds one kill at a time. */
export function oomReader(give: (kill: OomKill) => void) {
  let block: Block | undefined;
  let cut: { text: string; pieces: number } | undefined;
  let last: OomKill | undefined;
  let together = new Set<number>();

  const open = (at: number): Block => {
    block ??= { at, lines: [], memory: null, swap: null, both: null, scope: undefined, summary: undefined };
    return block;
  };

  const close = (at: number, killed?: { readonly pid: number; readonly process: string; readonly anonBytes: number }) => {
    const closed = block;
    block = undefined;
    const pid = killed?.pid ?? closed?.summary?.pid;
    if (closed === undefined || pid === undefined) return;
    const scope = closed.scope ?? (closed.summary === undefined || closed.summary.limitCgroup === null ? 'host' : 'limit');
    last = {
      kind: 'oom-kill',
      ...{ at, scope, pid },
      limitCgroup: scope === 'host' ? null : (closed.summary?.limitCgroup ?? null),
      victimCgroup: closed.summary?.victimCgroup ?? '',
      process: printable(killed?.process ?? closed.summary?.process ?? '', LONGEST_NAME),
      anonBytes: killed?.anonBytes ?? null,
      limitBytes: closed.memory,
      swapLimitBytes: closed.swap ?? (closed.both === null || closed.memory === null ? null : beyond(closed.both, closed.memory)),
      lines: closed.lines,
    };
    together = new Set([pid]);
    give(last);
  };

  /** Another one of a group that dies together, which has no lines of its own but the last, or one that is told again. */
  const follows = (at: number, pid: number, process: string, anonBytes: number, line: string): boolean => {
    if (block?.summary !== undefined || last === undefined || at - last.at > TOGETHER_MS) return false;
    if (together.has(pid)) return true;
    if (!last.lines.some((each) => each.startsWith('Tasks in '))) return false;
    together.add(pid);
    last = { ...last, at, pid, anonBytes, process: printable(process, LONGEST_NAME), lines: [...last.lines.slice(-MOST_LINES), line] };
    give(last);
    return true;
  };

  const read = (at: number, text: string) => {
    const found = oomLine(text);
    if (found === undefined) return;
    const line = printable(text, LONGEST_LINE);
    if (found.part === 'invoked') {
      if (block?.summary !== undefined) close(block.at);
      block = undefined;
    }
    if (found.part === 'group') {
      if (last !== undefined) last = { ...last, lines: [...last.lines, line] };
      return;
    }
    if (found.part === 'killed' && follows(at, found.pid, found.process, found.anonBytes, line)) {
      block = undefined;
      return;
    }
    const into = open(at);
    if (into.lines.length < MOST_LINES) into.lines.push(line);
    switch (found.part) {
      case 'summary':
        into.summary = found.summary ?? into.summary;
        if (found.summary === undefined) cut = { text, pieces: 0 };
        return;
      case 'cut-task-in':
        cut = { text, pieces: 0 };
        return;
      case 'task-in':
        into.summary = { victimCgroup: found.victimCgroup, limitCgroup: found.limitCgroup };
        return;
      case 'chosen':
        into.scope = found.scope;
        return;
      case 'killed':
        into.scope = found.scope ?? into.scope;
        close(at, found);
        return;
      case 'memory':
        into.memory = found.limitBytes;
        return;
      case 'memory+swap':
        into.both = found.limitBytes;
        return;
      case 'swap':
        into.swap = found.limitBytes;
        return;
      default:
    }
  };

  return {
    /** One line of the kernel, in the order in which they were written. */
    take(at: number, text: string) {
      if (cut === undefined || !isPiece(text)) return read(at, text);
      const { text: begun, pieces } = cut;
      cut = undefined;
      block?.lines.pop();
      read(at, begun + text);
      // Still cut: `read` began to count anew.
      if (cut !== undefined) cut = pieces < MOST_PIECES ? { text: begun + text, pieces: pieces + 1 } : undefined;
    },
    /** A kill whose last line never came is one nevertheless. */
    end() {
      if (block?.summary !== undefined) close(block.at);
    },
  };
}

function beyond(both: number, memory: number): number {
  return both === Number.POSITIVE_INFINITY ? both : Math.max(0, both - memory);
}
