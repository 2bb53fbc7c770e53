import { check } from '../check.ts';
import { DAEMON_CONFIG, readDaemonConfig } from '../engine-config/daemon-config.ts';
import { engineFlags } from '../engine-config/engine-flags.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm, seen } from '../judgement.ts';

const FORWARD = '/proc/sys/net/ipv4/ip_forward';

export const netBridge = check({
  id: 'net.bridge',
  question: "is the engine's network there, and may it reach the world",
  looksAt: 'host',
  probe({ engine, files }) {
    const config = readDaemonConfig(files.read(DAEMON_CONFIG));
    const named = config.state === 'read' && typeof config.values.bridge === 'string' ? config.values.bridge : undefined;
    // The value of a flag is not known here, so no name is looked for.
    const bridge = engineFlags(files).has('bridge') ? 'none' : (named ?? 'docker0');
    return {
      info: engineFacts(engine),
      bridge,
      there: files.list('/sys/class/net')?.includes(bridge),
      forward: files.read(FORWARD, 16),
    };
  },
  judge({ info, bridge, there, forward }) {
    if (info === undefined) return ENGINE_UNSEEN;
    const read = [
      { source: `/sys/class/net/${bridge}`, value: there === undefined ? 'unreadable' : there ? 'there' : 'missing' },
      seen(FORWARD, forward),
    ];
    if (info.rootless || info.product === 'podman')
      return calm('info', 'This engine keeps its networks where they are not seen from here.', read);
    if (bridge === 'none') return calm('info', 'The engine was told to make no network of its own.', read);
    if (there === undefined) return calm('unknown', 'The network interfaces could not be listed.', read);
    if (!there) {
      return harm('fail', `The engine's bridge ${bridge} is gone: no node starts (could not find bridge ${bridge}).`, read, {
        text: 'Stop the nodes, and start the engine anew: it makes its bridge then.',
        commands: ['nodectl stop', 'systemctl restart docker'],
      });
    }
    if ('failure' in forward) return calm('unknown', 'Whether the kernel forwards packets could not be read.', read);
    if (forward.text.trim() === '0') {
      return harm('fail', 'The kernel forwards no packets: nodes reach neither peers nor each other.', read, {
        text: 'Let it forward again, and look for what turned it off in /etc/sysctl.d.',
        commands: ['sysctl -w net.ipv4.ip_forward=1', 'grep -rn ip_forward /etc/sysctl.conf /etc/sysctl.d'],
      });
    }
    return calm('ok', `The bridge ${bridge} is there, and packets are forwarded.`, read);
  },
});
