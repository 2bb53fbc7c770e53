import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { globalAddresses } from '../kernel/ipv6-addresses.ts';
import { PRIVATE_PORTS } from '../private-ports.ts';
import { upAgain } from '../up-again.ts';

const FILE = '/proc/net/if_inet6';
export const netIpv6 = check({
  id: 'net.ipv6',
  question: 'is a node open over IPv6 where it is closed over IPv4',
  looksAt: 'host',
  probe({ engine, files }, { tenants }) {
    const table = files.read(FILE);
    return {
      seen: engineFacts(engine) !== undefined,
      global: 'text' in table ? globalAddresses(table.text).length : undefined,
      ports: tenants.flatMap(({ name, spec, container }) =>
        container.ports.map((port) => ({ node: name, again: upAgain({ name, spec }), ...port })),
      ),
    };
  },
  judge({ seen, global, ports }) {
    if (!seen) return ENGINE_UNSEEN;
    const open = ports.filter(({ hostIp }) => hostIp === '' || (hostIp.includes(':') && hostIp !== '::1'));
    const read = [
      { source: FILE, value: global === undefined ? 'no IPv6' : `${global} global addresses` },
      ...open.map(({ node, hostIp, hostPort }) => ({
        source: `GET /containers/${node} PortBindings`,
        value: `${hostIp || '*'}:${hostPort}`,
      })),
    ];
    if (global === undefined) return calm('ok', 'This kernel has no IPv6.', read);
    if (open.length === 0) return calm('ok', 'No node publishes a port over IPv6.', read);
    const each = open.map(({ node, hostPort }) => `${hostPort} of ${node}`).join(', ');
    if (global > 0 && open.some(({ containerPort }) => PRIVATE_PORTS.includes(containerPort))) {
      return harm('warn', `Port ${each} is open to the world over IPv6.`, read, {
        text: 'Make the container anew: nodectl publishes on IPv4 addresses alone.',
        commands: [...new Set(open.flatMap(({ node, again }) => [`nodectl down ${node}`, again]))],
      });
    }
    return calm('info', `Port ${each} is published over IPv6 too.`, read);
  },
});
