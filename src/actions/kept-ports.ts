import { readSpec } from '../node/spec.ts';
import type { Engine } from '../ports/engine.ts';

/**
 * Host ports of other nodes, with whose they are: also those of stopped nodes, which the engine does not tell and which would
 * not start again if somebody took them. `container` is the asker's own, or that of its consensus client.
 */
export async function keptPorts(container: string, engine: Engine): Promise<ReadonlyMap<number, string>> {
  const kept = new Map<number, string>();
  for (const { name, labels } of await engine.list()) {
    if (container === name || container.startsWith(`${name}.`)) continue;
    const spec = readSpec(labels);
    if (spec === undefined) continue;
    const { http, ws, p2p } = spec.ports;
    const client = spec.consensus?.kind === 'client' ? [spec.consensus.ports.rest, spec.consensus.ports.p2p] : [];
    for (const port of [http, ws, p2p, ...client]) if (port !== null) kept.set(port, `the container ${name}`);
  }
  return kept;
}
