import { NodectlError } from '../errors.ts';
import { HTTP_PORT, P2P_PORT } from '../node/container-paths.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { Engine, EngineInfo } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';
import { keptPorts } from './kept-ports.ts';

/** `--port`: a number for JSON-RPC (WebSocket takes the next), or `auto` for free ones. */
export type AskedPort = number | 'auto' | undefined;

interface PortQuestion {
  readonly asked: AskedPort;
  readonly present: NodeSpec['ports'] | undefined;
  /** Whether the network has peers, and so a P2P port. */
  readonly peers: boolean;
  /** The node's own container: what it publishes is not taken by something else. */
  readonly container: string;
  readonly running: boolean;
}

/** How far `auto` looks from the first port; so many nodes on one host is a mistake. */
const SEARCHED = 400;

/**
 * The host ports of a node. What it has already stays unless another number was asked. PORT_TAKEN, naming the holder
 * where it is a container, when a port that would be published newly is in use.
 */
export async function choosePorts(question: PortQuestion, engine: Engine, info: EngineInfo, host: Host): Promise<NodeSpec['ports']> {
  const { asked, present, peers } = question;
  const http = typeof asked === 'number' ? asked : (present?.http ?? HTTP_PORT);
  const stays = present !== undefined && (asked === undefined || asked === 'auto' || asked === present.http);
  if (stays && (question.running || asked !== 'auto')) return present;
  const taken = takenBy(question.container, await engine.publishedPorts(), info, host);
  if (stays && (await firstTaken(present, taken)) === undefined) return present;
  if (asked === 'auto') {
    const kept = await keptPorts(question.container, engine);
    const own = async (port: number) => kept.get(port) ?? (await taken(OWN, port, 'tcp'));
    const pair = await firstFree(HTTP_PORT, 2, async (port) => (await own(port)) ?? (await own(port + 1)));
    const p2p = peers ? await firstFree(P2P_PORT, 1, async (port) => kept.get(port) ?? (await peerPortTaken(port, taken))) : null;
    return { http: pair, ws: pair + 1, p2p };
  }
  const ports = { http, ws: http + 1, p2p: peers ? (present?.p2p ?? P2P_PORT) : null };
  await refuseTaken(ports, taken);
  return ports;
}

/** Who holds a port on an address, undefined when it is free. */
export type Taken = (ip: string, port: number, protocol: 'tcp' | 'udp') => Promise<string | undefined>;

export const OWN = '127.0.0.1';
const WORLD = '0.0.0.0';

/** A P2P port is published for everybody, by both protocols. */
export async function peerPortTaken(port: number, taken: Taken): Promise<string | undefined> {
  return (await taken(WORLD, port, 'tcp')) ?? (await taken(WORLD, port, 'udp'));
}

/** By what the engine's containers publish, and what other programs of its host hold; `container` is the asker's own. */
export function takenBy(container: string, published: Awaited<ReturnType<Engine['publishedPorts']>>, info: EngineInfo, host: Host): Taken {
  return async (ip, port, protocol) => {
    const holders = published.filter((binding) => binding.hostPort === port && binding.protocol === protocol);
    const holder = holders[0];
    if (holder?.container === container) return undefined;
    if (holder !== undefined) return `the container ${holder.container}`;
    return info.local && (await host.portTaken(ip, port, protocol)) ? 'another program' : undefined;
  };
}

/** The first port from `first` on, in steps of `stride`, that nobody holds; PORT_TAKEN when there is none near. */
export async function firstFree(first: number, stride: number, taken: (port: number) => Promise<string | undefined>): Promise<number> {
  for (let port = first; port < first + SEARCHED * stride; port += stride) {
    if ((await taken(port)) === undefined) return port;
  }
  throw new NodectlError('PORT_TAKEN', `No free port was found from ${first} to ${first + SEARCHED * stride}.`);
}

async function refuseTaken(ports: NodeSpec['ports'], taken: Taken): Promise<void> {
  const found = await firstTaken(ports, taken);
  if (found !== undefined) throw new NodectlError('PORT_TAKEN', `Port ${found.port}/${found.protocol} is taken by ${found.holder}.`);
}

interface TakenPort {
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  readonly holder: string;
}

async function firstTaken({ http, ws, p2p }: NodeSpec['ports'], taken: Taken): Promise<TakenPort | undefined> {
  const own = [http, ws].map((port) => ({ ip: OWN, port, protocol: 'tcp' }) as const);
  const peer = p2p === null ? [] : (['tcp', 'udp'] as const).map((protocol) => ({ ip: WORLD, port: p2p, protocol }));
  for (const { ip, port, protocol } of [...own, ...peer]) {
    const holder = await taken(ip, port, protocol);
    if (holder !== undefined) return { port, protocol, holder };
  }
  return undefined;
}
