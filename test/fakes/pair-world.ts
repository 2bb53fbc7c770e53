import { httpWeb } from '../../src/adapters/http-web.ts';
import { BEACON_QUESTIONS, type BeaconQuestion } from '../../src/node/consensus/beacon-facts.ts';
import type { Web } from '../../src/ports/web.ts';
import { type BeaconAnswers, followingAnswers } from './fake-beacon.ts';
import type { FakeEngine } from './fake-engine.ts';
import { fakeImage } from './fake-facts.ts';
import { type UpWorld, upWorld } from './up-world.ts';

/** Where nothing but a test's consensus client answers; providers of checkpoints are real servers on loopback. */
const PUBLISHED = /^http:\/\/127\.0\.0\.1:(\d+)(\/eth\/v1\/.*)$/;

const FINALIZED = '/eth/v1/beacon/headers/finalized';

/** The block that a client takes for final. */
export interface ClientOrigin {
  readonly root: string;
  readonly slot: number;
  /** Of the state that the block says follows it. */
  readonly stateRoot?: string;
}

/**
 * All that `up` needs for a pair on mainnet: images of both parts, and running consensus clients that answer at their REST ports.
 * `origin` is asked whenever they are asked what is final for them; left out, they do not tell.
 */
export function pairWorld(answers: BeaconAnswers = followingAnswers(1_000), origin?: () => ClientOrigin | undefined): UpWorld {
  const up = upWorld();
  up.engine.images.push(fakeImage('ethereum/client-go:v1.17.10'), fakeImage('gcr.io/offchainlabs/prysm/beacon-chain:v7.3.1'));
  up.engine.images.push(fakeImage('sigp/lighthouse:v8.3.3'), fakeImage('statusim/nimbus-eth2:multiarch-v26.10.2'));
  // A client that begins its database, and is done.
  up.engine.tool = () => ({ exitCode: 0, stdout: '', stderr: '' });
  up.answers = { ...up.answers, eth_chainId: '0x1' };
  const web = restOf(up.engine, answers, origin);
  return Object.assign(up, { world: Object.assign(up.world, { web: async () => web }) });
}

function restOf(engine: FakeEngine, answers: BeaconAnswers, origin: () => ClientOrigin | undefined = () => undefined): Web {
  const servers = httpWeb();
  return {
    async ask(url, options) {
      const [, port, path] = PUBLISHED.exec(url) ?? [];
      const client = [...engine.containers.values()].find(({ observed }) =>
        observed.ports.some(({ hostPort }) => String(hostPort) === port),
      );
      if (client === undefined) return servers.ask(url, options);
      if (!client.running) return { failure: 'connect', message: 'the connection failed' };
      const [name] = (Object.entries(BEACON_QUESTIONS) as [BeaconQuestion, string][]).find(([, asked]) => asked === path) ?? [];
      const data = path === FINALIZED ? header(origin()) : name && answers[name];
      const body = new TextEncoder().encode(JSON.stringify(data ? { data } : {}));
      return { status: data ? 200 : 404, contentType: 'application/json', body, serverTime: undefined };
    },
  };
}

function header(origin: ClientOrigin | undefined): unknown {
  return origin && { root: origin.root, canonical: true, header: { message: { slot: String(origin.slot), state_root: origin.stateRoot } } };
}
