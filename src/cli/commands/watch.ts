import * as z from 'zod/mini';
import { tellChanges } from '../../actions/tell-changes.ts';
import { openWebhook } from '../../actions/webhook.ts';
import { NodectlError } from '../../errors.ts';
import { formatDuration } from '../../node/duration.ts';
import { parseWaitConditions, WAIT_WORDS, type WaitCondition } from '../../node/wait-condition.ts';
import type { Change, CloudEvent } from '../../node/watch/cloud-event.ts';
import { holds } from '../../node/watch/holds.ts';
import { parseListenAddress } from '../../node/watch/metrics/listen-address.ts';
import type { Blind } from '../../node/watch/view/view.ts';
import type { ListenAddress } from '../../ports/metrics-server.ts';
import type { World } from '../../ports.ts';
import { changeText, changeWords } from '../change-text.ts';
import type { Command, Screen, StreamOutput } from '../command.ts';
import { durationOption, flag, nodeName } from '../option-values.ts';
import { watchSchema } from './watch-schema.ts';

interface WatchInput {
  readonly node: string | undefined;
  readonly intervalMs: number;
  readonly guard: boolean;
  readonly listen: ListenAddress | undefined;
  readonly webhook: string | undefined;
  /** Ends the watching with the first sample in which all hold; none = never. */
  readonly until: readonly WaitCondition[];
}

const LEAST_INTERVAL_MS = 250;
const INTERVAL_MS = 2_000;
/** As often as geth looks at its disk. */
const GUARD_INTERVAL_MS = 30_000;
/** What a webhook has not taken yet may take so long after Ctrl-C. */
const WEBHOOK_GRACE_MS = 2_000;

const Interval = z.optional(durationOption('2s').check(z.refine((ms) => ms >= LEAST_INTERVAL_MS, `is less than ${LEAST_INTERVAL_MS}ms`)));

const Listen = z.pipe(
  z.string().check(z.refine((text) => parseListenAddress(text) !== undefined, 'is not an address such as 127.0.0.1:9560 or [::1]:9560')),
  z.transform((text: string) => parseListenAddress(text)),
);

const Webhook = z.string().check(z.refine(isWebAddress, 'is not an http or https address'));

function isWebAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

export const command: Command<WatchInput, CloudEvent> = {
  summary: 'watch a node: a live view on a terminal, else a line or an event for each change; metrics for Prometheus',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one, and with --listen', completes: 'node' }],
  options: [
    {
      flags: '--interval <duration>',
      help: 'from one look to the next, 250ms at least (default: 2s; with --guard 30s)',
      completes: 'nothing',
    },
    {
      flags: '--until <condition>',
      help: `end with exit 0 as soon as it holds: ${WAIT_WORDS.join(', ')}; several as in wait`,
      repeatable: true,
      completes: WAIT_WORDS.map((word) => word.replace(/N$/, '')),
    },
    { flags: '--webhook <url>', help: 'POST every event there as well, as CloudEvents 1.0', completes: 'nothing' },
    {
      flags: '--listen <address>',
      help: 'watch every node of the host, and serve their metrics to Prometheus there: 127.0.0.1:9560',
      completes: ['127.0.0.1:9560'],
    },
    { flags: '--guard', help: 'stop geth in good order where its chain comes to its --storage, and tell nothing else' },
  ],
  examples: [
    'nodectl watch mainnet',
    'nodectl watch mainnet --json --interval 10s',
    'nodectl watch mainnet --webhook https://hooks.example.org/nodes',
    'nodectl watch hoodi --until synced',
    'nodectl watch --listen 127.0.0.1:9560',
    'nodectl watch --guard',
  ],
  input: z.pipe(
    z
      .strictObject({
        node: nodeName,
        interval: Interval,
        listen: z.optional(Listen),
        guard: flag,
        webhook: z.optional(Webhook),
        until: z.optional(z.array(z.string())),
      })
      .check(
        z.refine(({ node, listen }) => node === undefined || listen === undefined, {
          path: ['listen'],
          error: 'watches every node: leave the name out',
        }),
        z.refine(({ guard, listen, until }) => !guard || (listen === undefined && until === undefined), {
          path: ['guard'],
          error: 'goes on for ever and serves nothing: leave --until and --listen out',
        }),
        z.refine(({ until, listen }) => until === undefined || listen === undefined, {
          path: ['listen'],
          error: 'goes on for ever: leave --until out',
        }),
      ),
    z.transform(
      (raw): WatchInput => ({
        ...{
          node: raw.node,
          guard: raw.guard,
          intervalMs: raw.interval ?? (raw.guard ? GUARD_INTERVAL_MS : INTERVAL_MS),
          listen: raw.listen,
          webhook: raw.webhook,
        },
        until: raw.until === undefined ? [] : parseWaitConditions(raw.until, '--until'),
      }),
    ),
  ),
  // Not made at every start: only the reference and the tests read it.
  get report() {
    return watchSchema();
  },
  run: () => Promise.reject(new NodectlError('BUG', 'watch is a stream.')),
  render: ({ type, subject }) => `${subject}: ${type}`,
  exit: () => 0,
  stream: async (input, world, output) => {
    const { guard, listen, webhook } = input;
    if (listen === undefined && !guard && output.screen !== undefined) return show(input, output.screen, world);
    await withWebhook(webhook, world, (send) => {
      const tell = printer(output, send);
      if (guard) return keep(input, world, tell);
      return listen === undefined ? print(input, world, tell) : serve({ ...input, listen }, world, tell);
    });
    return 0;
  },
};

type Tell = (change: Change, event: CloudEvent) => void;

async function withWebhook(
  url: string | undefined,
  world: World,
  use: (send: (event: CloudEvent) => void) => Promise<void>,
): Promise<void> {
  const webhook = url === undefined ? undefined : openWebhook(url, world);
  try {
    await use((event) => webhook?.send(event));
  } finally {
    await webhook?.close(WEBHOOK_GRACE_MS);
  }
}

/** A line for each change. */
async function print({ node, intervalMs, until }: WatchInput, world: World, tell: Tell): Promise<void> {
  for await (const sample of tellChanges({ node, intervalMs }, world, tell)) {
    // Of the samples themselves only the changes are told.
    if (until.length > 0 && holds(until, sample)) return;
  }
}

async function keep({ node, intervalMs }: WatchInput, world: World, tell: Tell): Promise<void> {
  const [{ guardNodes }, { eventTeller }] = await Promise.all([
    import('../../actions/guard-nodes.ts'),
    import('../../actions/event-teller.ts'),
  ]);
  const engine = await world.engine();
  await guardNodes({ node, intervalMs }, world, eventTeller((await engine.info()).hostname, tell));
}

async function serve({ listen, intervalMs }: WatchInput & { readonly listen: ListenAddress }, world: World, tell: Tell): Promise<void> {
  const { serveMetrics } = await import('../../actions/serve-metrics.ts');
  await serveMetrics({ listen, intervalMs }, (node, signal) => tellChanges({ node, intervalMs }, { ...world, signal }, tell), world);
}

async function show({ node, intervalMs, webhook, until }: WatchInput, screen: Screen, world: World): Promise<number> {
  const { withWatchView } = await import('../watch-view.ts');
  return withWatchView({ node, intervalText: formatDuration(intervalMs), screen }, world, (view, inner) =>
    withWebhook(webhook, inner, async (send) => {
      let gone: Blind | undefined;
      const tell: Tell = (change, event) => {
        const { word, time: since, data } = change;
        if (word === 'container-gone' && data.part === 'execution') gone = { kind: 'gone', since };
        if (word === 'engine-lost') view.blind({ kind: 'engine-lost', since, message: String(data.message) });
        if (word === 'engine-back' || word === 'container-gone') view.blind(gone);
        if (word !== 'watch-started') view.news({ time: since, text: changeWords(change) });
        send(event);
      };
      for await (const sample of tellChanges({ node, intervalMs, directions: true }, inner, tell)) {
        gone = undefined;
        view.sample(sample);
        if (until.length > 0 && holds(until, sample)) return;
      }
    }),
  );
}

function printer({ json, write }: StreamOutput, send: (event: CloudEvent) => void): Tell {
  return (change, event) => {
    write(json ? JSON.stringify(event) : changeText(change));
    send(event);
  };
}
