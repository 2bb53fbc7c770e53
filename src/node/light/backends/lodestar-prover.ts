import * as z from 'zod/mini';
import { HTTP_PORT } from '../../container-paths.ts';
import type { LightBackend, LightReport, LightUpstream } from '../light-backend.ts';

/** The npm package and everything of its project are kept at one version: later ones lack a package in the registry. */
export const PROVER_VERSION = '1.23.0';
/** Of nodectl's own program in the image: raised with every change of images/lodestar-prover. */
const REVISION = 3;

const Told = z.nullable(z.object({ number: z.number(), hash: z.string(), time: z.number() }));
const Row = z.object({
  address: z.string(),
  answers: z.nullable(z.boolean()),
  lies: z.boolean(),
  problem: z.nullable(z.string()),
});
const Report = z.object({
  head: Told,
  finalized: Told,
  execution: z.array(Row),
  beacon: z.array(Row),
  refused: z.nullable(z.object({ count: z.number(), method: z.string(), at: z.number() })),
});

/**
 * Lodestar's light client and the proof functions of `@lodestar/prover`, served by a small program of nodectl's
 * (images/lodestar-prover) in an image built from npm. It knows the forks up to Electra, hence no public network of today.
 */
export const lodestarProver: LightBackend = {
  name: 'lodestar-prover',
  title: 'Lodestar prover',
  image: { reference: `nodectl/lodestar-prover:v${PROVER_VERSION}-${REVISION}`, origin: 'built' },
  program: 'start.mjs',
  mount: '/data',
  args: [],
  configFile: (request) => ({
    path: 'nodectl/light.json',
    mode: 0o600,
    content: `${JSON.stringify({
      v: 1,
      trustedRoot: request.trustedRoot,
      executionRpcs: request.executionRpcs,
      beaconApis: request.beaconApis,
      port: HTTP_PORT,
      chain: request.chainConfig,
    })}\n`,
  }),
  ws: false,
  readiness: { method: 'eth_blockNumber', params: [] },
  report: { method: 'nodectl_light', params: [] },
  readReport,
  stopSignal: 'SIGTERM',
  stopTimeout: 10,
  methods: [
    ...['eth_chainId', 'eth_blockNumber', 'eth_syncing', 'eth_getBalance', 'eth_getTransactionCount', 'eth_getStorageAt', 'eth_getCode'],
    ...['eth_getProof', 'eth_sendRawTransaction', 'net_version', 'web3_clientVersion'],
  ],
  limits: [
    'It proves accounts, storage and code at the blocks latest and finalized alone.',
    'It answers no eth_call, no blocks, transactions, receipts or logs: it cannot prove them, and forwards nothing unproved.',
    'It has no WebSocket, and knows the beacon chain up to the fork Electra.',
  ],
  networks: [],
  privateNetworks: true,
  forks: ['GENESIS', 'ALTAIR', 'BELLATRIX', 'CAPELLA', 'DENEB', 'ELECTRA'],
};

function readReport(result: unknown): LightReport {
  const read = z.safeParse(Report, result);
  if (!read.success) return { head: undefined, finalized: undefined, upstreams: [], refused: undefined };
  const { head, finalized, execution, beacon, refused } = read.data;
  const rows = (role: LightUpstream['role'], list: readonly z.infer<typeof Row>[]) => list.map((row) => ({ role, ...row }));
  return {
    head: head ?? undefined,
    finalized: finalized?.number,
    upstreams: [...rows('execution', execution), ...rows('beacon', beacon)],
    refused: refused ?? undefined,
  };
}
