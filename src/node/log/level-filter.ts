import type { LogLine } from '../../ports/engine.ts';
import { isAsGrave, type LogLevel } from './log-level.ts';
import { readLevel } from './read-log-line.ts';

/**
 * Which lines of a log are as grave as asked. A line without a level belongs to the one before it in its stream (the stack of a
 * panic, the rest of a message) and is kept or left out with it.
 */
export function levelFilter(wanted: LogLevel | undefined): (line: LogLine) => boolean {
  if (wanted === undefined) return () => true;
  const kept = { stdout: false, stderr: false };
  return ({ stream, text }) => {
    const level = readLevel(text);
    if (level !== null) kept[stream] = isAsGrave(level, wanted);
    return kept[stream];
  };
}
