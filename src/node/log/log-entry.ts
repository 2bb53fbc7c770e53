import type { LogLevel } from './log-level.ts';

/** What one line of a program's log says. */
export interface LogEntry {
  /** Null for a line that is none of a log: a banner, a stack, the rest of a message of several lines. */
  readonly level: LogLevel | null;
  /** The words alone; of a line that is none of a log the whole line, without colour. */
  readonly message: string;
  /** The program's own spelling of each value (`number=1,234,567`), quotes taken off. */
  readonly fields: Readonly<Record<string, string>>;
}
