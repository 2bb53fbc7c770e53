import { enodeKey } from '../node/enode-address.ts';
import { WHO_AND_PEERS } from '../node/peer-questions.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';
import { askIpc } from './ask-ipc.ts';

const PAUSE = 400;

/** The public keys of those enodes that are the node's peers, once all are or after `patience` ms. */
export async function untilConnected(
  container: string,
  enodes: readonly string[],
  patience: number,
  engine: Engine,
  clock: Clock,
): Promise<ReadonlySet<string>> {
  const deadline = clock.now() + patience;
  const wanted = enodes.map(enodeKey);
  while (true) {
    const { peers } = await askIpc(container, WHO_AND_PEERS, engine);
    const here = new Set(peers.map(({ enode }) => enodeKey(enode)));
    const met = new Set(wanted.filter((key) => here.has(key)));
    if (met.size === wanted.length || clock.now() >= deadline) return met;
    await clock.sleep(PAUSE);
  }
}
