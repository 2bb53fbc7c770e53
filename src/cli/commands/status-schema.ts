import * as z from 'zod/mini';
import { CONSENSUS_CLIENTS } from '../../node/consensus/consensus-spec.ts';
import { LIGHT_BACKENDS } from '../../node/light/light-spec.ts';
import { STOP_REASONS } from '../../node/stop-reason.ts';
import { SYNC_PHASES } from '../../node/sync/progress.ts';
import { DeathSchema } from '../death-schema.ts';
import { StorageFactsSchema } from '../storage-schema.ts';

/** What `status --json` prints. */
export function statusSchema() {
  const text = z.nullable(z.string());
  const number = z.nullable(z.number());
  const state = <const S extends string>(...names: readonly S[]) => ({ state: z.enum(names) });

  const Sync = z.union([
    z.object(state('not-started', 'dead', 'paused', 'restarting')),
    z.object({ ...state('stopped'), reason: z.optional(z.enum(STOP_REASONS)) }),
    z.object(state('starting', 'stopping', 'looking-for-peers', 'refuses-blocks', 'root-not-served')),
    z.object({ ...state('waiting-for-consensus'), reason: text }),
    z.object({ ...state('not-answering', 'upstream-lies', 'upstream-silent'), reason: z.string() }),
    z.object({ ...state('wrong-chain'), chainId: z.number() }),
    z.object({ ...state('syncing'), phase: z.enum(SYNC_PHASES), current: z.number(), highest: z.number(), pending: number }),
    z.object({ ...state('stalled'), phase: z.enum(SYNC_PHASES), forMs: z.number(), reason: z.string() }),
    z.object({ ...state('at-head'), indexing: z.number() }),
    z.object({ ...state('stale'), ageMs: z.number() }),
    z.object({ ...state('cut-off'), told: z.number() }),
  ]);

  const Container = z.object({
    name: z.string(),
    id: z.string(),
    state: z.enum(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead']),
    exitCode: number,
    oomKilled: z.boolean(),
    error: text,
    restartCount: z.number(),
    createdAt: z.string(),
    startedAt: text,
    finishedAt: text,
    uptimeMs: number,
  });
  const Limits = z.object({ memoryBytes: number, swapBytes: number, cpus: number, pids: number });
  const Use = z.object({
    memoryBytes: number,
    swapBytes: number,
    cpusAverage: number,
    diskBytes: number,
    source: z.nullable(z.enum(['kernel', 'engine'])),
  });
  const Beside = z.union([
    z.object(state('missing', 'not-started', 'stopped', 'dead', 'paused', 'restarting')),
    z.object(state('starting', 'following', 'execution-offline', 'execution-alone', 'not-authenticated', 'no-peers')),
    z.object({ ...state('not-answering'), reason: z.string() }),
    z.object({ ...state('syncing', 'optimistic', 'frozen'), distance: z.number() }),
  ]);

  return z.object({
    node: z.string(),
    healthy: z.boolean(),
    network: text,
    chainId: number,
    mode: text,
    container: Container,
    geth: z.object({ version: text, answersAs: text }),
    image: z.object({ ref: z.string(), id: z.string(), digest: text, origin: z.nullable(z.enum(['pulled', 'built', 'given'])) }),
    limits: Limits,
    use: Use,
    storage: z.nullable(StorageFactsSchema),
    ports: z.array(z.object({ hostIp: z.string(), hostPort: z.number(), containerPort: z.number(), protocol: z.enum(['tcp', 'udp']) })),
    endpoints: z.object({ http: text, ws: text }),
    sync: Sync,
    head: z.nullable(z.object({ number: z.number(), hash: z.string(), time: z.string(), ageMs: number })),
    finalized: number,
    peers: number,
    txpool: z.nullable(z.object({ pending: z.number(), queued: z.number() })),
    consensus: z.nullable(
      z.object({
        client: z.enum(CONSENSUS_CLIENTS),
        state: Beside,
        healthy: z.boolean(),
        container: z.nullable(Container),
        image: z.object({ ref: z.string(), id: text }),
        limits: z.nullable(Limits),
        use: z.nullable(Use),
        restEndpoint: z.string(),
        answersAs: text,
        peers: number,
        headSlot: number,
        syncDistance: number,
        finalizedEpoch: number,
        elOffline: z.nullable(z.boolean()),
        optimistic: z.nullable(z.boolean()),
      }),
    ),
    light: z.nullable(
      z.object({
        backend: z.enum(LIGHT_BACKENDS),
        executionRpcs: z.array(z.string()),
        beaconApis: z.array(z.string()),
        proof: z.nullable(z.enum(['holds', 'refused', 'unanswered'])),
        refused: number,
        methods: z.array(z.string()),
      }),
    ),
    death: z.nullable(DeathSchema),
    notes: z.array(z.string()),
  });
}
