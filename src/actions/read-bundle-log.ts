import { lastLines } from '../diagnosis/bundle/fit-text.ts';
import { createLogRedactor } from '../diagnosis/bundle/redact-log.ts';
import type { Redactor } from '../diagnosis/bundle/redactor.ts';
import { NodectlError } from '../errors.ts';
import type { Engine, LogLine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** How many lines from the end are asked for; fewer where they are so long that they would not be read in a moment. */
const TAILS = [20_000, 1_000, 40] as const;
/** Characters of one answer that are read. */
const MOST_READ = 48 * 1024 * 1024;
const ATTEMPT_MS = 4_000;

export type BundleLog = { readonly text: string; readonly cut: boolean } | { readonly failure: string };

/** The end of a container's log as it may be given away, at most `most` bytes of it. */
export async function readBundleLog(
  container: string,
  most: number,
  redactor: Redactor,
  engine: Engine,
  { clock, signal }: Pick<World, 'clock' | 'signal'>,
): Promise<BundleLog> {
  try {
    for (const tail of TAILS) {
      const stop = new AbortController();
      const both = AbortSignal.any([signal, stop.signal]);
      const found = await withinDeadline(readTail(container, { tail, most }, engine, both), clock.now() + ATTEMPT_MS, clock);
      stop.abort();
      if (found === 'late' || found.value === undefined) continue;
      const { lines, cut } = found.value;
      const fitting = lastLines(lines.map(createLogRedactor(redactor)), most);
      return { text: fitting.text, cut: cut || fitting.cut };
    }
  } catch (thrown) {
    if (!(thrown instanceof NodectlError) || thrown.code === 'INTERRUPTED') throw thrown;
    return { failure: redactor.text(thrown.message) };
  }
  return { failure: 'the engine did not give it in time' };
}

/** The last lines that may have room in `most` bytes; undefined where reading them takes too much. */
async function readTail(
  container: string,
  { tail, most }: { readonly tail: number; readonly most: number },
  engine: Engine,
  signal: AbortSignal,
): Promise<{ readonly lines: readonly LogLine[]; readonly cut: boolean } | undefined> {
  let lines: LogLine[] = [];
  let [count, read, kept, first] = [0, 0, 0, 0];
  for await (const line of engine.logs(container, { tail, signal })) {
    count++;
    read += line.text.length;
    if (read > MOST_READ) return undefined;
    lines.push(line);
    kept += line.text.length;
    for (; kept > most; first++) kept -= lines[first]?.text.length ?? 0;
    if (first > lines.length / 2) {
      lines = lines.slice(first);
      first = 0;
    }
  }
  return { lines: lines.slice(first), cut: count >= tail || lines.length - first < count };
}
