import { runInNewContext } from 'node:vm';
import { enodeKey } from '../../src/node/enode-address.ts';
import type { Ran } from '../../src/ports/volume-run.ts';
import type { FakeContainer } from './fake-container.ts';
import type { FakeEngine } from './fake-engine.ts';

/** Geths that listen for peers, and whose console really runs the JavaScript it is given. */
export class FakeConsoles {
  /** The enodes each container was told to keep, by its name. */
  readonly kept = new Map<string, string[]>();
  /** How much each was told to log, by its container's name. */
  readonly verbosity = new Map<string, number>();
  /** Containers whose geth has no IPC file (yet). */
  readonly silent = new Set<string>();
  readonly #engine: FakeEngine;

  constructor(engine: FakeEngine) {
    this.#engine = engine;
    engine.execute = (container, words) => this.#run(container, words);
  }

  /** A node's public key: the same for a name, as a volume keeps it. */
  key(container: string): string {
    return Buffer.from(container).toString('hex').padEnd(128, '0').slice(0, 128);
  }

  #run(container: FakeContainer, words: readonly string[]): Ran {
    const { name } = container.observed;
    if (this.silent.has(name)) {
      return { exitCode: 1, stdout: '', stderr: 'Fatal: Unable to attach to remote geth: dial unix /data/geth.ipc: connect: no such file' };
    }
    const admin = {
      nodeInfo: {
        enode: `enode://${this.key(name)}@127.0.0.1:30303?discport=0`,
        ip: '127.0.0.1',
        ports: { listener: 30303, discovery: 0 },
      },
      peers: this.#peersOf(container),
      addPeer: (enode: string) => {
        if (enode.includes('@refused:')) throw new Error('invalid enode: no such host');
        // As geth does, also when the known one is at another address.
        const known = this.kept.get(name) ?? [];
        if (!known.some((other) => enodeKey(other) === enodeKey(enode))) this.kept.set(name, [...known, enode]);
        admin.peers = this.#peersOf(container);
        return true;
      },
      removePeer: (enode: string) => {
        this.kept.set(
          name,
          (this.kept.get(name) ?? []).filter((other) => enodeKey(other) !== enodeKey(enode)),
        );
        admin.peers = this.#peersOf(container);
        return true;
      },
    };
    const debug = { verbosity: (level: number) => void this.verbosity.set(name, level) };
    const said: unknown = runInNewContext(words[words.indexOf('--exec') + 1] ?? '', { admin, debug });
    return { exitCode: 0, stdout: `WARN [11-21] noise\n${JSON.stringify(said)}\n`, stderr: '' };
  }

  /** Two are connected when either keeps the other at the address it has now. */
  #peersOf(container: FakeContainer) {
    const others = [...this.#engine.containers.values()].filter((other) => other !== container && other.running);
    return others.flatMap((other) => {
      const outbound = this.#keeps(container, other);
      if (!outbound && !this.#keeps(other, container)) return [];
      const address = `${Object.values(other.observed.addresses)[0]}:30303`;
      return [
        {
          ...{ id: 'ab', name: 'Geth/v1.13.15', enode: `enode://${this.key(other.observed.name)}@${address}` },
          network: { remoteAddress: address, inbound: !outbound, static: outbound, trusted: false },
          protocols: { eth: { version: 68 } },
        },
      ];
    });
  }

  #keeps(one: FakeContainer, other: FakeContainer): boolean {
    const address = Object.values(other.observed.addresses)[0] ?? '';
    return (this.kept.get(one.observed.name) ?? []).some((enode) => enode.includes(`${this.key(other.observed.name)}@${address}:`));
  }
}
