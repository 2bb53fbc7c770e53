import type { Remedy } from '../../finding.ts';
import { commandsFor, programOf } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { stateLine } from '../evidence-lines.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';
import { startFailure } from '../run-phase.ts';

/** How engines say that a published port is another's (libnetwork/portallocator, the userland proxy). */
const TAKEN = /port is already allocated|address already in use|ports are not available/i;
const PORT = /:(\d{1,5})\b/;

export const portTaken: Rule = {
  id: 'port.taken',
  code: 27,
  finds: 'another program has a port that it needs',
  judge(evidence) {
    const failure = startFailure(evidence);
    if (failure !== undefined) {
      if (!TAKEN.test(failure)) return undefined;
      const port = portIn(failure);
      return {
        confidence: 'certain',
        meaning: `The engine could not start it: port ${port ?? 'that it publishes'} of the host is another's.`,
        supports: [stateLine(evidence, 'State.Error', failure)],
        doubts: [],
        remedies: remedies(evidence, port),
      };
    }
    const cause = logCause(evidence, ['port-taken'], [1]);
    if (cause === undefined) return undefined;
    const port = portIn(cause.first.text);
    return {
      confidence: cause.confidence,
      meaning: `${programOf(evidence)} could not listen on port ${port ?? 'of its own'}: it is taken where the container has its network.`,
      supports: cause.supports,
      doubts: [],
      remedies: insideRemedies(evidence, port),
    };
  },
};

/** The host's port is the first one behind the verb; an IPv6 address has colons of its own. */
function portIn(text: string): number | undefined {
  const behind = text.replace(/^.*?(?:bind for|host port for|listen (?:tcp|udp)\d?|exposing port)/i, '').replace(/\[[^\]]*\]/g, '');
  const port = Number(PORT.exec(behind)?.[1] ?? Number.NaN);
  return port >= 1 && port <= 65_535 ? port : undefined;
}

function remedies(evidence: CaseEvidence, port: number | undefined): readonly Remedy[] {
  const who =
    port === undefined
      ? []
      : [{ text: 'See who has it.', commands: [`ss -Hlntup 'sport = :${port}'`, `docker ps --filter publish=${port}`] }];
  if (evidence.node === null)
    return [...who, { text: 'Free the port, or make the container with another one.', commands: [commandsFor(evidence).start] }];
  return [
    ...who,
    { text: 'Free the port and start it again, or let nodectl choose others.', commands: commandsFor(evidence).up('--port auto') },
  ];
}

/** In a network of its own only the container's own programs can have the port; in the host's, or one that it shares, others too. */
function insideRemedies(evidence: CaseEvidence, port: number | undefined): readonly Remedy[] {
  const own =
    'See that no two of its ports are the same (--port, --http.port, --ws.port, --authrpc.port), and whether it shares the network of another container or of the host.';
  const commands = port === undefined ? [] : [`ss -Hlntup 'sport = :${port}'`];
  return [
    { text: own, commands },
    { text: 'Then start it again.', commands: [commandsFor(evidence).start] },
  ];
}
