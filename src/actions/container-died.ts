import { NodectlError } from '../errors.ts';
import type { Engine } from '../ports/engine.ts';

/** How geth and the Go runtime begin a line that says why they end, and how other clients mark one. */
const TELLING = /^(?:Fatal|ERROR|CRIT|panic:|fatal error:|flag provided|Incorrect Usage)|\blevel=(?:fatal|panic)\b|\b(?:CRIT|FTL|FATAL)\b/;

/** The engine's clock may be behind ours by a little. */
const SLACK_MS = 5_000;

/**
 * CONTAINER_DIED with the exit code and the last words since `since`. The engine may have started it again meanwhile, so
 * its present state says nothing: the code is what waiting for its end gave, undefined when it was removed. `logs` is how the person sees
 * the whole log.
 */
export async function containerDied(
  name: string,
  exitCode: number | undefined,
  since: number,
  engine: Engine,
  logs = 'nodectl logs',
): Promise<NodectlError> {
  if (exitCode === undefined) return new NodectlError('CONTAINER_DIED', `${name} was removed while it was waited for.`);
  let last = '';
  let telling = '';
  try {
    for await (const { text } of engine.logs(name, { since: since - SLACK_MS })) {
      if (TELLING.test(text)) telling = text;
      if (text.trim() !== '') last = text;
    }
  } catch (thrown) {
    const removed = thrown instanceof NodectlError && thrown.code === 'NO_SUCH_NODE';
    if (!removed) throw thrown;
  }
  return new NodectlError('CONTAINER_DIED', `${name} ended while it was waited for.`, {
    hint: `Look with \`${logs}\`.`,
    facts: { 'exit code': String(exitCode), 'last words': (telling || last).slice(0, 300) },
  });
}
