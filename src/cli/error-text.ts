import { ERRORS, NodectlError } from '../errors.ts';
import type { Style } from './style.ts';

/** An error for people: what happened, the facts aligned, the stack of a bug, and what to type next. */
export function errorText(error: NodectlError, style: Style): string {
  const lines = [`${style.paint('red', 'error:')} ${error.message}`];
  const names = Object.keys(error.facts);
  const width = Math.max(0, ...names.map((name) => name.length));
  for (const name of names) lines.push(`  ${style.paint('dim', name.padEnd(width))}  ${error.facts[name]}`);
  const stack = bugStack(error);
  if (stack !== undefined) lines.push(stack.replace(/^/gm, '  '));
  if (error.hint !== '') lines.push(`${style.paint('cyan', 'hint:')} ${error.hint}`);
  return lines.join('\n');
}

/** The same error for programs: the contract of `--json` on standard error. */
export function errorDocument(error: NodectlError): string {
  const { code, message, hint, facts } = error;
  const stack = bugStack(error);
  return JSON.stringify({
    error: { code, message, hint, ...(Object.keys(facts).length > 0 ? { facts } : {}), ...(stack === undefined ? {} : { stack }) },
  });
}

/** Whatever was thrown as one of ours: an exception that is not a NodectlError is a bug. */
export function asNodectlError(thrown: unknown): NodectlError {
  if (thrown instanceof NodectlError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new NodectlError('BUG', `Unexpected: ${message}`, { cause: thrown, hint: ERRORS.BUG.hint });
}

function bugStack(error: NodectlError): string | undefined {
  if (error.code !== 'BUG') return undefined;
  const origin = error.cause instanceof Error ? error.cause : error;
  return origin.stack ?? String(origin);
}
