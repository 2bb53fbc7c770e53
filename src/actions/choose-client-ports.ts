import { NodectlError } from '../errors.ts';
import type { ClientSpec } from '../node/consensus/consensus-spec.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { Engine, EngineInfo } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';
import { firstFree, OWN, peerPortTaken, takenBy } from './choose-ports.ts';
import { keptPorts } from './kept-ports.ts';

/** Ports that most consensus clients have by themselves. */
const REST = 5052;
const P2P = 9000;

interface ClientPortQuestion {
  readonly container: string;
  /** What it has; undefined for a new one. */
  readonly present: ClientSpec['ports'] | undefined;
  /** Whether the network has peers that find it by its port. */
  readonly peers: boolean;
  /** geth's own P2P port of the same node, which may not be published yet. */
  readonly gethP2p: number | null;
}

/** The host ports of a consensus client: what it has, else the first free ones. PORT_TAKEN when none is. */
export async function chooseClientPorts(
  { container, present, peers, gethP2p }: ClientPortQuestion,
  engine: Engine,
  info: EngineInfo,
  host: Host,
): Promise<ClientSpec['ports']> {
  if (present !== undefined && (present.p2p !== null) === peers) return present;
  const taken = takenBy(container, await engine.publishedPorts(), info, host);
  const kept = await keptPorts(container, engine);
  const rest = present?.rest ?? (await firstFree(REST, 1, async (port) => kept.get(port) ?? (await taken(OWN, port, 'tcp'))));
  const p2p = await firstFree(P2P, 1, async (port) => (port === gethP2p ? 'geth' : (kept.get(port) ?? (await peerPortTaken(port, taken)))));
  return { rest, p2p: peers ? p2p : null };
}

/** PORT_TAKEN where the address at which geth's engine API shall be published is in use. */
export async function refuseTakenEngine(
  container: string,
  { hostIp, port }: { readonly hostIp: string; readonly port: number },
  own: NodeSpec['ports'],
  engine: Engine,
  info: EngineInfo,
  host: Host,
): Promise<void> {
  const rpc = port === own.http || port === own.ws ? 'JSON-RPC of the node itself' : undefined;
  const holder = rpc ?? (await takenBy(container, await engine.publishedPorts(), info, host)(hostIp, port, 'tcp'));
  if (holder === undefined) return;
  throw new NodectlError('PORT_TAKEN', `Port ${port}/tcp on ${hostIp} is taken by ${holder}.`, {
    hint: 'Name another with --engine-url http://127.0.0.1:PORT.',
  });
}
