import { commandsFor } from '../commands.ts';
import { stateLine } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';
import { startFailure } from '../run-phase.ts';
import { portTaken } from './port-taken.ts';

/** What engines say when a network is gone, or the host's own parts of it are (libnetwork). */
const BROKEN =
  /network \S+ not found|could not find a network|failed to create endpoint|programming external connectivity|container networking|bridge|veth|sandbox|iptables|nftables|no chain\/target\/match|address pools/i;
const FIREWALL = /iptables|nftables|no chain\/target\/match/i;

export const networkBroken: Rule = {
  id: 'network.broken',
  code: 27,
  finds: 'the engine could not set up its network: one that is gone, a bridge or firewall rules that somebody took away',
  judge(evidence) {
    const failure = startFailure(evidence);
    if (failure === undefined || !BROKEN.test(failure) || portTaken.judge(evidence) !== undefined) return undefined;
    const firewall = FIREWALL.test(failure);
    const again = commandsFor(evidence).up('');
    return {
      confidence: 'certain',
      meaning: firewall
        ? "The engine could not set up its network: somebody took away the engine's firewall rules."
        : 'The engine could not set up its network: a part of it is gone.',
      supports: [stateLine(evidence, 'State.Error', failure)],
      doubts: [],
      remedies: [
        ...(firewall || again.length === 0 ? [] : [{ text: 'Make again what of its network is gone.', commands: again }]),
        {
          text: 'Let the engine make its bridge and its firewall rules again (containers end with it, unless live-restore is on).',
          commands: ['systemctl restart docker', commandsFor(evidence).start],
        },
      ],
    };
  },
};
