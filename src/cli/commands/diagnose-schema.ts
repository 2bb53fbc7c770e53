import * as z from 'zod/mini';
import { ManifestSchema } from '../../diagnosis/bundle/manifest.ts';
import { CONFIDENCES, VERDICT_CODES } from '../../diagnosis/verdict.ts';
import { EnforcementSchema } from '../enforcement-schema.ts';

/** What `diagnose --json` prints. */
export function diagnosisSchema() {
  const text = z.nullable(z.string());
  const number = z.nullable(z.number());
  const instant = text.check(z.describe('ISO 8601; null where it is not known, or there is none'));
  const list = <S extends z.ZodMiniType>(of: S) => z.readonly(z.array(of));

  const code = z.literal(VERDICT_CODES);
  const told = { verdict: z.string(), code, confidence: z.enum(CONFIDENCES), meaning: z.string() };
  const line = z.object({ source: z.string(), value: z.string(), at: instant });
  const verdict = z.object({
    id: z.string().check(z.describe('class.cause, for instance oom.limit')),
    ...{ code, confidence: told.confidence, meaning: told.meaning, supports: list(line), doubts: list(line) },
    remedies: list(z.object({ text: z.string(), commands: list(z.string()) })),
  });
  const blind = z.object({ blind: z.string().check(z.describe('why the log of the kernel was not read')) });
  const one = z.object({
    container: z.string(),
    containerId: z.string(),
    role: z.enum(['execution', 'consensus', 'light']),
    state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    geth: text,
    image: z.string(),
    run: z.object({
      ...{ startedAt: instant, endedAt: instant, exitCode: number, oomKilled: z.nullable(z.boolean()) },
      present: z.boolean().check(z.describe("false for an earlier run than the container's present one")),
    }),
    verdict,
    also: list(verdict),
    cost: z.nullable(
      z.object({
        clean: z.nullable(z.boolean()).check(z.describe('whether the database was closed')),
        ...{ headBefore: number, headAfter: number, lostBlocks: number },
        comesBack: z.enum(['nothing-lost', 'by-itself', 'from-peers', 'not-at-all']),
        text: list(z.string()),
      }),
    ),
    read: z.object({
      eventsSince: instant,
      kernel: z.union([z.object({ source: z.string(), since: z.string() }), blind]),
      ...{ logLines: z.number(), journalRecords: z.number() },
    }),
    lastLines: list(z.object({ at: instant, text: z.string() })),
  });
  return z.object({
    at: z.string().check(z.describe('when it was judged, ISO 8601')),
    node: text.check(z.describe('null for a container that nodectl did not make')),
    code: code.check(z.describe("the first case's, which is the exit code")),
    cases: list(one).check(z.describe('first causes before their effects')),
    history: z.object({
      since: instant,
      deaths: list(z.object({ container: z.string(), startedAt: instant, endedAt: instant, exitCode: number, ...told })),
      counts: z.record(z.string(), z.number()),
      medianUptimeMs: number,
      summary: z.string(),
    }),
    tookMs: z.number(),
    bundle: z.nullable(bundleSchema()).check(z.describe('null where none was asked for')),
    fix: z.nullable(fixSchema()).check(z.describe('null where nothing was to be fixed')),
  });
}

function bundleSchema() {
  const { policy, files, missing } = ManifestSchema.shape;
  return z.object({ path: z.string(), bytes: z.number(), policy, files, missing });
}

function fixSchema() {
  const text = z.string();
  const step = z.object({ id: text, cause: text, command: text, undo: z.nullable(text), details: z.readonly(z.array(text)) });
  return z.object({
    steps: z.readonly(z.array(step)),
    applied: z.boolean(),
    refused: z.readonly(z.array(z.object({ verdict: text, message: text, hint: text }))),
    afterwards: z.readonly(z.array(text)),
    limits: z.readonly(z.array(EnforcementSchema)),
  });
}
