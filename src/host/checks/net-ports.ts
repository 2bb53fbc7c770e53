import { HTTP_PORT, P2P_PORT, WS_PORT } from '../../node/container-paths.ts';
import { partNames } from '../../node/names.ts';
import { check, type Eyes, type Subject } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { upAgain } from '../up-again.ts';

/** A port that a node needs and does not have yet, and who has it. */
export interface WantedPort {
  readonly node: string;
  /** The command that makes the node. */
  readonly again: string;
  readonly ip: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Undefined where it is free. */
  readonly holder: string | undefined;
}

export const netPorts = check({
  id: 'net.ports',
  question: 'are the ports of the nodes free for them',
  looksAt: 'host',
  probe: async (eyes, subject): Promise<readonly WantedPort[]> =>
    Promise.all(wanted(subject).map(async (want) => ({ ...want, holder: await holderOf(want, eyes) }))),
  judge(ports) {
    const read = ports.map(({ ip, port, protocol, holder }) => ({ source: `bind ${ip}:${port}/${protocol}`, value: holder ?? 'free' }));
    const taken = ports.filter(({ holder }) => holder !== undefined);
    if (taken.length === 0) return calm('ok', ports.length === 0 ? 'No node waits for a port.' : 'The ports of the nodes are free.', read);
    const each = taken.map(({ node, port, protocol, holder }) => `${port}/${protocol} of ${node} is taken by ${holder}`);
    return harm('fail', `${each.join(', ')}: a node without its ports does not start.`, read, {
      text: 'Use other ports, or free these.',
      commands: [
        ...new Set(taken.map(({ again }) => `${again} --port auto`)),
        ...taken.slice(0, 1).map(({ port }) => `ss -lntup 'sport = :${port}'`),
      ],
    });
  },
});

/** Of nodes that do not run, since those that do have theirs. */
function wanted({ network, tenants }: Subject): readonly Omit<WantedPort, 'holder'>[] {
  const waiting = tenants.filter(({ container }) => !['running', 'paused', 'restarting'].includes(container.state));
  const present = waiting.flatMap(({ name, spec, container }) =>
    container.ports.map(({ hostIp, hostPort, protocol }) => ({
      node: name,
      again: upAgain({ name, spec }),
      ip: hostIp || '0.0.0.0',
      port: hostPort,
      protocol,
    })),
  );
  if (network === undefined || tenants.some(({ name }) => name === network.name)) return present;
  const planned = { node: network.name, again: `nodectl up --network ${network.name}` };
  const rpc = [HTTP_PORT, WS_PORT].map((port) => ({ ...planned, ip: '127.0.0.1', port, protocol: 'tcp' as const }));
  const peers = (['tcp', 'udp'] as const).map((protocol) => ({ ...planned, ip: '0.0.0.0', port: P2P_PORT, protocol }));
  return [...present, ...rpc, ...(network.peers ? peers : [])];
}

async function holderOf({ node, ip, port, protocol }: Omit<WantedPort, 'holder'>, eyes: Eyes): Promise<string | undefined> {
  const holder = eyes.published.find((binding) => binding.hostPort === port && binding.protocol === protocol);
  if (holder?.container === partNames(node).container) return undefined;
  if (holder !== undefined) return `the container ${holder.container}`;
  return (await eyes.portTaken(ip, port, protocol)) ? 'another program' : undefined;
}
