import * as z from 'zod/mini';
import { NodeSpecSchema } from '../../node/spec.ts';
import { STOP_REASONS } from '../../node/stop-reason.ts';
import { StorageFactsSchema } from '../storage-schema.ts';

/** What `inspect --json` prints. */
export function inspectSchema() {
  const text = z.nullable(z.string());
  const number = z.nullable(z.number());
  const words = z.record(z.string(), z.string());
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
    image: z.object({ ref: z.string(), id: z.string() }),
    args: z.array(z.string()),
    limits: z.object({ memoryBytes: number, swapBytes: number, cpus: number, pids: number }),
    ports: z.array(z.object({ hostIp: z.string(), hostPort: z.number(), containerPort: z.number(), protocol: z.enum(['tcp', 'udp']) })),
    mounts: z.array(z.object({ volume: z.string(), target: z.string() })),
    addresses: words,
  });
  return z.object({
    node: z.string(),
    network: text,
    chainId: number,
    genesis: text,
    chainNetwork: text,
    spec: z.nullable(NodeSpecSchema),
    container: z.nullable(Container),
    stoppedFor: z.nullable(z.enum(STOP_REASONS)),
    consensus: z.nullable(Container),
    volume: z.nullable(z.object({ name: z.string(), mountpoint: z.string(), createdAt: z.string(), labels: words })),
    volumes: z.array(z.object({ name: z.string(), role: text, mountpoint: text })),
    storage: z.nullable(StorageFactsSchema),
    endpoints: z.object({ http: text, ws: text }),
    enode: text.check(z.describe("at the container's address: for containers of the same network, and for the engine's host")),
    publishedEnode: text.check(z.describe('at the address geth knows itself by, where its P2P port is published')),
    enodeMissing: text.check(z.describe('why there is no enode')),
  });
}
