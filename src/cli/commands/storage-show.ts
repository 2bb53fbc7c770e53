import * as z from 'zod/mini';
import { showStorage } from '../../actions/show-storage.ts';
import { STORAGE_PARTS, type StorageShow } from '../../node/storage/storage-show.ts';
import type { Command } from '../command.ts';
import { nodeName } from '../option-values.ts';
import { StorageFactsSchema } from '../storage-schema.ts';
import { storageShowText } from '../storage-show-text.ts';

export const command: Command<{ readonly node?: string | undefined }, StorageShow> = {
  summary: 'show what a node takes on its disks and what of, how fast it grows, and when it is full',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'kept-node' }],
  options: [],
  examples: ['nodectl storage show', "nodectl storage show hoodi --json | jq '.full.inMs / 86400000'"],
  input: z.strictObject({ node: nodeName }),
  // Not made at every start: only the reference and the tests read it.
  get report() {
    return reportSchema();
  },
  run: showStorage,
  render: storageShowText,
  exit: () => 0,
};

function reportSchema() {
  const number = z.nullable(z.number());
  const text = z.nullable(z.string());
  return z.object({
    node: z.string(),
    network: text,
    mode: text,
    volume: z
      .nullable(
        z.object({
          name: z.string(),
          place: z.string(),
          usedBytes: number,
          usedAt: text.check(z.describe('of that count: now, or the last time that somebody looked')),
          freeBytes: number.check(z.describe('within what the kernel keeps it to')),
          limit: z.nullable(StorageFactsSchema),
        }),
      )
      .check(z.describe('the chain volume')),
    parts: z.array(
      z.object({
        part: z.enum(STORAGE_PARTS),
        of: z.string().check(z.describe('the volume or container that it is in')),
        bytes: number,
      }),
    ),
    disk: z
      .nullable(z.object({ source: z.string(), mountPoint: z.string(), type: z.string(), totalBytes: z.number(), freeBytes: z.number() }))
      .check(z.describe('what the chain volume lies on')),
    growth: z
      .nullable(z.object({ bytesPerDay: z.number(), overMs: z.number(), looks: z.number() }))
      .check(z.describe('of the chain volume')),
    full: z
      .nullable(
        z.object({
          by: z.enum(['limit', 'disk']),
          roomBytes: z.number().check(z.describe('until geth ends itself in good order')),
          reserveBytes: z.number().check(z.describe('free bytes below which it does')),
          bytesPerDay: number.check(z.describe('by which that room shrinks')),
          inMs: number.check(z.describe('null where that is not known, or it does not shrink')),
        }),
      )
      .check(z.describe('what is full first')),
    notes: z.array(z.string()),
  });
}
