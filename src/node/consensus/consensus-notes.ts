import { nobodyToAsk } from '../execution-notes.ts';
import type { ConsensusSpec } from './consensus-spec.ts';
import type { ConsensusStatus } from './consensus-status.ts';

/** What is wrong between a node's consensus client and geth, and what to type; nothing where all is well or on its way. */
export function consensusNotes(node: string, { client, state, healthy }: ConsensusStatus): readonly string[] {
  const start = `\`nodectl start ${node}\``;
  const restart = `\`nodectl restart ${node}\``;
  const logs = `\`nodectl logs ${node} --consensus\``;
  switch (state.state) {
    case 'missing':
      return [`Its consensus client (${client}) has no container: \`nodectl up --name ${node}\` makes it again.`];
    case 'not-started':
    case 'stopped':
      return [`${client} is not running, so that geth gets no new head: ${start}.`];
    case 'dead':
      return [`${client} died, so that geth gets no new head: see why with ${logs}, then ${start}.`];
    case 'paused':
      return [`${client} is paused: \`docker unpause nodectl-${node}.consensus\`.`];
    case 'restarting':
      return [`${client} ends soon after each start: see why with ${logs}.`];
    case 'not-answering':
      return [`${client} does not answer: ${state.reason}. See ${logs}; if that goes on, ${restart}.`];
    case 'execution-offline':
      return [`${client} does not reach geth: ${start} where geth is not running; if it runs and this goes on, ${restart}.`];
    case 'execution-alone':
      return [`${nobodyToAsk(node)} A restart of ${client} alone does not help.`];
    case 'not-authenticated':
      return [`geth refuses the key of ${client} (wrong JWT): ${restart} lets both read the same key again.`];
    case 'no-peers':
      return healthy ? [] : [`${client} has no peers and its head falls behind: open its P2P port (TCP and UDP), then ${restart}.`];
    case 'frozen':
      return [
        `The head of ${client} is ${state.distance} slots old and does not move, though it takes itself for healthy: ${restart}; if nothing changes, see ${logs}.`,
      ];
    case 'optimistic':
      return healthy
        ? []
        : [`geth does not verify the blocks that ${client} gives it: ${restart}; if nothing changes, see \`nodectl logs ${node}\`.`];
    case 'starting':
    case 'syncing':
    case 'following':
      return [];
  }
}

/** Why nobody tells geth its head, as far as that is known. */
export function waitingReason(spec: ConsensusSpec | null, beside: ConsensusStatus | undefined): string {
  if (beside !== undefined) return `${beside.client} is ${beside.state.state.replaceAll('-', ' ')}`;
  switch (spec?.kind) {
    case 'client':
      return `${spec.client} has not told it`;
    case 'builtin':
      return `geth's own light consensus has found no head yet, by ${spec.beaconApis.join(', ')}`;
    case 'external':
      return `nobody drives its engine API at ${spec.engine.hostIp}:${spec.engine.port} yet`;
    case undefined:
      return 'it has no consensus client';
  }
}
