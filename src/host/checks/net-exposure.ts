import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { type Firewall, firewallOf } from '../kernel/firewall.ts';
import { isLoopback, PRIVATE_PORTS } from '../private-ports.ts';
import { upAgain } from '../up-again.ts';

/** Before it, neighbours in the same network segment reached what is published on 127.0.0.1 (moby#45610). */
const KEEPS_LOOPBACK = 28;

const BYPASS: Readonly<Record<Firewall, string>> = {
  ufw: ' The rules of the engine come before those of ufw: it does not keep anybody out.',
  firewalld: ' The rules of the engine come before those of firewalld: it does not keep anybody out.',
  none: '',
};

export const netExposure = check({
  id: 'net.exposure',
  question: 'who can reach what nodes publish',
  looksAt: 'engine',
  async probe(eyes, { tenants }) {
    const info = engineFacts(eyes.engine);
    return {
      seen: info !== undefined,
      major: info?.product === 'docker' ? Number.parseInt(info.serverVersion, 10) : undefined,
      firewall: info?.local ? await firewallOf(eyes) : ('none' as const),
      ports: tenants.flatMap(({ name, spec, container }) =>
        container.ports.map((port) => ({ node: name, again: upAgain({ name, spec }), ...port })),
      ),
    };
  },
  judge({ seen, major, firewall, ports }) {
    if (!seen) return ENGINE_UNSEEN;
    const read = [
      ...ports.map(({ node, hostIp, hostPort, containerPort, protocol }) => ({
        source: `GET /containers/${node} PortBindings`,
        value: `${hostIp || '*'}:${hostPort} -> ${containerPort}/${protocol}`,
      })),
      { source: 'firewall', value: firewall },
    ];
    const open = ports.filter(({ hostIp, containerPort }) => PRIVATE_PORTS.includes(containerPort) && !isLoopback(hostIp));
    if (open.length > 0) {
      const each = open.map(({ node, hostIp, hostPort }) => `${hostIp || '*'}:${hostPort} of ${node}`).join(', ');
      return harm(
        'fail',
        `Others can use ${each}: whoever reaches an open JSON-RPC uses its accounts and its machine.${BYPASS[firewall]}`,
        read,
        {
          text: 'Make the container anew: nodectl publishes these on 127.0.0.1.',
          commands: [...new Set(open.flatMap(({ node, again }) => [`nodectl down ${node}`, again]))],
        },
      );
    }
    const toAll = ports.filter(({ hostIp }) => !isLoopback(hostIp));
    if (toAll.length > 0) {
      const each = [...new Set(toAll.map(({ hostPort }) => hostPort))].join(', ');
      const firewallWords = firewall === 'none' ? '' : ` also through ${firewall}, which the rules of the engine come before`;
      return calm('ok', `Only for peers: port ${each} is open to the world${firewallWords}.`, read);
    }
    if (major !== undefined && major < KEEPS_LOOPBACK && ports.length > 0) {
      return calm(
        'info',
        'Published on 127.0.0.1 alone; this engine lets neighbours in the same network segment reach it all the same.',
        read,
      );
    }
    return calm('ok', ports.length === 0 ? 'No node publishes a port.' : 'Only this machine reaches the nodes.', read);
  },
});
