import { consensusNotes } from './consensus/consensus-notes.ts';
import { HTTP_PORT, WS_PORT } from './container-paths.ts';
import { executionNotes } from './execution-notes.ts';
import type { JudgedNode, NodeSight } from './judge-node.ts';
import type { LightStatus } from './light/light-status.ts';
import { answerFacts, containerFacts, limitFacts, type NodeStatus, type NodeUse, publishedUrl, specFacts } from './node-status.ts';
import { roomNote } from './storage/more-room.ts';
import type { StorageFacts } from './storage/storage-facts.ts';

/** Everything that one look found. */
export interface StatusEvidence {
  readonly node: string;
  readonly seen: NodeSight;
  readonly judged: JudgedNode;
  /** A light client in geth's place. */
  readonly light: { readonly status: LightStatus; readonly notes: readonly string[] } | undefined;
  readonly use: NodeUse;
  /** Left out where it was not looked at. */
  readonly storage?: StorageFacts | undefined;
  /** The verdict on a part that died; null where none did, or nobody judged. */
  readonly death: NodeStatus['death'];
  /** Sentences on what was measured, or could not be. */
  readonly notes: readonly string[];
}

/** What `status` tells, put together. */
export function composeStatus({ node, seen, judged, light, use, storage, death, notes }: StatusEvidence): NodeStatus {
  const { container, now, rpc } = seen;
  const { sync, consensus, healthy, said } = judged;
  const { version, ...spec } = specFacts(container);
  const silent = container.state === 'running' && seen.light === undefined && 'failure' in rpc;
  return {
    node,
    healthy,
    ...spec,
    container: containerFacts(container, now),
    geth: { version, answersAs: said?.clientVersion ?? null },
    limits: limitFacts(container),
    use,
    storage: storage ?? null,
    ports: container.ports,
    endpoints: { http: publishedUrl(container.ports, HTTP_PORT), ws: publishedUrl(container.ports, WS_PORT) },
    sync,
    ...answerFacts(said, now),
    consensus: consensus ?? null,
    light: light?.status ?? null,
    death,
    notes: [
      ...(death === null ? [] : [`${death.meaning} What speaks for it, and what helps: \`nodectl diagnose ${node}\`.`]),
      ...(light?.notes ?? []),
      ...executionNotes(node, sync, seen.spec?.mode),
      ...(sync.state === 'stopped' && sync.reason !== undefined ? [roomNote(node, sync.reason, seen.spec)] : []),
      ...(consensus === undefined ? [] : consensusNotes(node, consensus)),
      ...(silent ? [`JSON-RPC did not answer: ${rpc.message}.`] : []),
      ...(said?.unanswered ?? []),
      ...notes,
    ],
  };
}
