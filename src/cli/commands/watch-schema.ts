import * as z from 'zod/mini';
import { type CloudEvent, EVENT_WORDS } from '../../node/watch/cloud-event.ts';

const TYPES = EVENT_WORDS.map((word) => `io.nodectl.node.${word}` as const);

/** One line of `watch --json`, and the body of a webhook's request: a CloudEvents 1.0 event. */
export function watchSchema(): z.ZodMiniType<CloudEvent> {
  return z.object({
    specversion: z.literal('1.0'),
    id: z.string().check(z.describe('unique together with source')),
    source: z.string().check(z.describe("/nodectl/ and the name of the engine's host")),
    type: z.enum(TYPES),
    time: z.string().check(z.describe('when it was seen, RFC 3339')),
    subject: z.string().check(z.describe('the node')),
    datacontenttype: z.literal('application/json'),
    data: z.record(z.string(), z.unknown()).check(z.describe('see docs/watch.md')),
  });
}
