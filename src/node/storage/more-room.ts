import type { NodeSpec } from '../spec.ts';
import type { StopReason } from '../stop-reason.ts';

/** What of a node says how its chain can get more room. */
export type RoomSpec = Pick<NodeSpec, 'storageMode' | 'network' | 'custom'>;

/** What gives a chain more room, by what keeps it to its size: a sentence with the commands. `spec` is undefined where its label cannot be read. */
export function moreRoom(node: string, spec: RoomSpec | undefined): string {
  return `${larger(node, spec?.storageMode ?? null)}${spec !== undefined && hasOldHistory(spec) ? `, or take older history away: \`nodectl prune ${node}\`` : ''}.`;
}

function larger(node: string, mode: NodeSpec['storageMode']): string {
  switch (mode) {
    case 'sized':
      return `Give its volume more: \`nodectl storage grow SIZE ${node}\``;
    case 'quota':
      return `Move it into a volume that can grow: \`nodectl storage migrate ${node} --to sized\``;
    case 'watchdog':
      return `Give it more: \`nodectl up --name ${node} --storage SIZE\``;
    default:
      return `Free disk space (\`docker system df\` shows what images and stopped containers take), or move the chain: \`nodectl storage migrate ${node} --to path --path FOLDER\``;
  }
}

/** Only public networks have history that others keep. */
function hasOldHistory({ network, custom }: RoomSpec): boolean {
  return network !== 'dev' && custom === null;
}

/** Of a node that was stopped for want of room. */
export function roomNote(node: string, reason: StopReason, spec: RoomSpec | undefined): string {
  const what =
    reason === 'disk-low'
      ? 'geth saw less free disk than it needs, closed its database and ended itself.'
      : 'The guard stopped geth in good order at its --storage.';
  return `${what} ${moreRoom(node, spec)} Then: \`nodectl start ${node}\`.`;
}
