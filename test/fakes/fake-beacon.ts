import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { BEACON_QUESTIONS, type BeaconQuestion } from '../../src/node/consensus/beacon-facts.ts';

/** What a client says to each question, its `data`; null: HTTP 503. */
export type BeaconAnswers = Readonly<Partial<Record<BeaconQuestion, unknown>>>;

export const SLOT_SECONDS = 12;

/** What Prysm 7.0.0 answers at the head of a chain that began `slots` slots ago; `over` changes words of /eth/v1/node/syncing. */
export function followingAnswers(slots: number, over: Readonly<Record<string, unknown>> = {}, behind = 0): BeaconAnswers {
  return {
    syncing: {
      head_slot: String(slots - behind),
      sync_distance: String(behind),
      is_syncing: false,
      is_optimistic: false,
      el_offline: false,
      ...over,
    },
    version: { version: 'Prysm/v7.0.0 (linux amd64)' },
    peers: { disconnected: '1', connecting: '0', connected: '3', disconnecting: '0' },
    finality: {
      previous_justified: { epoch: '4', root: '0x00' },
      current_justified: { epoch: '5', root: '0x00' },
      finalized: { epoch: '4', root: '0x00' },
    },
    spec: { SECONDS_PER_SLOT: String(SLOT_SECONDS), SLOTS_PER_EPOCH: '32' },
    genesis: { genesis_time: String(Math.floor(Date.now() / 1000) - slots * SLOT_SECONDS - 1) },
  };
}

/** A beacon API on loopback; 'hang' never answers, a text is the body of every answer. It ends with the calling test. */
export async function serveBeacon(
  answers: BeaconAnswers | 'hang' | { readonly text: string },
): Promise<{ readonly port: number; readonly asked: () => number }> {
  let asked = 0;
  const server = createServer((incoming, response) => {
    asked += 1;
    if (answers === 'hang') return;
    if ('text' in answers) {
      response.end(answers.text);
      return;
    }
    const name = (Object.entries(BEACON_QUESTIONS) as [BeaconQuestion, string][]).find(([, path]) => path === incoming.url)?.[0];
    const data = name && answers[name];
    response.statusCode = data === undefined ? 404 : data === null ? 503 : 200;
    response.end(JSON.stringify(data ? { data } : { code: response.statusCode, message: 'not now' }));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked: () => asked };
}
