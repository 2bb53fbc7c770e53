import {
  BEACON_ANSWER_BYTES,
  BEACON_QUESTIONS,
  type BeaconFacts,
  type BeaconQuestion,
  readBeaconFacts,
} from '../node/consensus/beacon-facts.ts';
import { printable } from '../node/printable.ts';
import type { Web, WebAnswer } from '../ports/web.ts';

/** What a client said, or why it said nothing about where it stands. */
export type BeaconAnswer = BeaconFacts | { readonly failure: string; readonly message: string };

/** All questions at once to the REST API of a consensus client at `url`, each over by `deadline` (an instant). */
export async function askBeacon(url: string, deadline: number, web: Web): Promise<BeaconAnswer> {
  const asked = Object.entries(BEACON_QUESTIONS) as [BeaconQuestion, string][];
  const answers = await Promise.all(
    asked.map(async ([name, path]) => [name, await web.ask(`${url}${path}`, { deadline, maxBytes: BEACON_ANSWER_BYTES })] as const),
  );
  const said = Object.fromEntries(answers) as Readonly<Record<BeaconQuestion, WebAnswer>>;
  const { syncing } = said;
  if ('failure' in syncing) return { failure: syncing.failure, message: syncing.message };
  const facts = readBeaconFacts(Object.fromEntries(answers.map(([name, answer]) => [name, json(answer)])));
  if (facts.syncing !== undefined) return facts;
  return { failure: 'bad-response', message: `it answered ${BEACON_QUESTIONS.syncing} with HTTP ${syncing.status}${refusal(syncing)}` };
}

function json(answer: WebAnswer): unknown {
  if ('failure' in answer || answer.status !== 200) return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(answer.body));
  } catch {
    return undefined;
  }
}

/** The API's own words for why it does not answer: `{"code":503,"message":"…"}`. */
function refusal(answer: { readonly body: Uint8Array }): string {
  try {
    const { message } = JSON.parse(new TextDecoder().decode(answer.body)) as { readonly message?: unknown };
    return typeof message === 'string' ? `: ${printable(message, 120)}` : '';
  } catch {
    return '';
  }
}
