import type { CloudEvent } from '../node/watch/cloud-event.ts';
import type { WebAnswer } from '../ports/web.ts';
import type { World } from '../ports.ts';

/** Sends events to one address, in their order. */
export interface Webhook {
  send(event: CloudEvent): void;
  /** Tries for `graceMs` more to send what waits, then gives up. */
  close(graceMs: number): Promise<void>;
}

/** More than a node tells in a day; an event is about 1 KiB. */
const MOST_WAITING = 1_000;
const ANSWER_MS = 10_000;
const LARGEST_ANSWER = 64 * 1024;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Opens a webhook: each event is a POST of `application/cloudevents+json`, the next only when it was taken. What fails is sent again,
 * at pauses of 1 s to a minute; what the server refuses for good (4xx) is left out. When too much waits, the oldest is given up. None
 * of that ends or delays the watching; it is told once, without the address.
 */
export function openWebhook(url: string, { web, clock, console }: Pick<World, 'web' | 'clock' | 'console'>): Webhook {
  const waiting: CloudEvent[] = [];
  const over = new AbortController();
  let wake = () => {};
  let closing = false;
  let failing = false;
  let lost = 0;

  const exchange = async (event: CloudEvent): Promise<WebAnswer> => {
    const asker = await web();
    const options = { deadline: clock.now() + ANSWER_MS, maxBytes: LARGEST_ANSWER, signal: over.signal };
    return asker.ask(url, { ...options, body: JSON.stringify(event), contentType: 'application/cloudevents+json' });
  };
  /** True when the event need not be sent again. */
  const attempt = async (event: CloudEvent): Promise<boolean> => {
    const answer = await exchange(event);
    const trouble = troubleOf(answer);
    if (trouble !== undefined && !failing && !over.signal.aborted)
      console.warn(`The webhook ${trouble.text}. ${trouble.final ? 'The event is left out.' : 'It is tried again.'}`);
    if (trouble === undefined && failing) console.notice('The webhook takes events again.');
    failing = trouble !== undefined;
    return trouble === undefined || trouble.final;
  };
  const work = async () => {
    let pause = FIRST_PAUSE_MS;
    while (!over.signal.aborted) {
      const [first] = waiting;
      if (first === undefined) {
        if (closing) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      if (await attempt(first)) {
        waiting.shift();
        pause = FIRST_PAUSE_MS;
        continue;
      }
      await clock.sleep(pause, over.signal);
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    }
  };
  const working = work();

  return {
    send(event) {
      waiting.push(event);
      if (waiting.length > MOST_WAITING) {
        // The first one is on its way.
        waiting.splice(1, 1);
        lost += 1;
        if (lost === 1) console.warn(`More than ${MOST_WAITING} events wait for the webhook; the oldest are given up.`);
      }
      wake();
    },
    async close(graceMs) {
      closing = true;
      wake();
      const grace = new AbortController();
      await Promise.race([working, clock.sleep(graceMs, grace.signal)]);
      grace.abort('over');
      over.abort('over');
      wake();
      await working;
      const left = lost + waiting.length;
      if (left > 0) console.warn(`The webhook did not get ${left} events.`);
    },
  };
}

/** What is wrong with an answer, without its address; 408 and 429 ask for another try (RFC 9110, RFC 6585). */
function troubleOf(answer: WebAnswer): { readonly text: string; readonly final: boolean } | undefined {
  if ('failure' in answer) return { text: `got no answer: ${answer.message}`, final: false };
  const { status } = answer;
  if (status >= 200 && status < 300) return undefined;
  const final = status >= 400 && status < 500 && status !== 408 && status !== 429;
  return { text: `answered HTTP ${status}`, final };
}
