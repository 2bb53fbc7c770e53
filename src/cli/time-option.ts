import * as z from 'zod/mini';
import type { LogTime } from '../actions/logs.ts';
import { parseDuration } from '../node/duration.ts';

const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** A time of `--since` and `--until`: so long ago, or an instant. */
export const timeOption = z.pipe(
  z
    .string()
    .check(z.refine((text) => readTime(text) !== undefined, 'is not a duration such as 10m, nor a time such as 2026-11-21T10:00:00Z')),
  z.transform((text: string) => readTime(text)),
);

function readTime(text: string): LogTime | undefined {
  const ago = parseDuration(text);
  if (ago !== undefined) return { ago };
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : { at };
}
