import * as z from 'zod/mini';
import type { UpRequest } from '../../actions/up-request.ts';
import { CONSENSUS_CHOICES, CONSENSUS_CLIENTS } from '../../node/consensus/consensus-spec.ts';
import { parseEndpoint } from '../../node/endpoints/shown-endpoint.ts';
import { LIGHT_BACKENDS } from '../../node/light/light-spec.ts';
import type { OptionUsage } from '../command.ts';

/** Addresses of an option that may be given several times; whatever is wrong with one is told without it. */
const endpoints = (option: string) =>
  z.pipe(
    z._default(z.array(z.string()), []),
    z.transform((texts: string[]) => [...new Set(texts.map((text) => parseEndpoint(text, option)))]),
  );

const ENGINE_URL = /^http:\/\/(\d{1,3}(?:\.\d{1,3}){3}):(\d{1,5})\/?$/;

/** geth listens there, so it is an address of the host and no name. */
const EngineUrl = z.optional(
  z.pipe(
    z.string().check(z.refine((text) => engineOf(text) !== undefined, 'must be http://ADDRESS:PORT, for instance http://127.0.0.1:8551')),
    z.transform((text: string) => engineOf(text)),
  ),
);

function engineOf(text: string): UpRequest['engine'] {
  const [, hostIp = '', digits = ''] = ENGINE_URL.exec(text) ?? [];
  const port = Number(digits);
  const whole = hostIp !== '' && hostIp.split('.').every((part) => Number(part) <= 255) && port >= 1 && port <= 65_535;
  return whole ? { hostIp, port } : undefined;
}

/** The words of `up` that say who tells geth its head. */
export const consensusWords = {
  consensus: z.optional(z.enum(CONSENSUS_CHOICES)),
  engineUrl: EngineUrl,
  jwtFile: z.optional(z.string().check(z.minLength(1, 'needs a file'))),
  checkpointUrl: endpoints('--checkpoint-url'),
  beaconApi: endpoints('--beacon-api'),
  executionRpc: endpoints('--execution-rpc'),
  lightBackend: z.optional(z.enum(LIGHT_BACKENDS)),
};

/** What was said of it, as far as contradictions go. */
export interface Said {
  readonly syncmode?: string | undefined;
  readonly consensus?: string | undefined;
  readonly engineUrl?: unknown;
  readonly jwtFile?: string | undefined;
  readonly checkpointUrl: readonly string[];
  readonly beaconApi: readonly string[];
  readonly executionRpc: readonly string[];
  readonly lightBackend?: string | undefined;
}

interface Contradiction {
  readonly option: keyof Said;
  readonly message: string;
  is(said: Said): boolean;
}

const isClient = (choice: string | undefined) => CONSENSUS_CLIENTS.some((client) => client === choice);

/** What cannot be said together; the first that is so is told. */
export const CONTRADICTIONS: readonly Contradiction[] = [
  {
    option: 'engineUrl',
    message: 'is for --consensus external alone',
    is: ({ engineUrl, consensus }) => engineUrl !== undefined && consensus !== 'external',
  },
  {
    option: 'jwtFile',
    message: 'is for --consensus external alone',
    is: ({ jwtFile, consensus }) => jwtFile !== undefined && consensus !== 'external',
  },
  {
    option: 'checkpointUrl',
    message: 'is for a consensus client that nodectl runs, or for geth’s own',
    is: ({ checkpointUrl, consensus, syncmode }) =>
      checkpointUrl.length > 0 && (consensus === 'external' || consensus === 'none' || syncmode === 'light'),
  },
  {
    option: 'beaconApi',
    message: 'is for --consensus builtin and for --syncmode light',
    is: ({ beaconApi, consensus, syncmode }) =>
      beaconApi.length > 0 && syncmode !== 'light' && (isClient(consensus) || consensus === 'external' || consensus === 'none'),
  },
  {
    option: 'executionRpc',
    message: 'is for --syncmode light',
    is: ({ executionRpc, consensus, syncmode }) =>
      executionRpc.length > 0 && ((syncmode !== undefined && syncmode !== 'light') || (consensus !== undefined && consensus !== 'none')),
  },
  {
    option: 'lightBackend',
    message: 'is for --syncmode light',
    is: ({ lightBackend, syncmode }) => lightBackend !== undefined && syncmode !== undefined && syncmode !== 'light',
  },
  {
    option: 'consensus',
    message: 'contradicts --syncmode light: a light client has a consensus of its own',
    is: ({ consensus, syncmode }) => syncmode === 'light' && consensus !== undefined && consensus !== 'none',
  },
];

export const CONSENSUS_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--consensus <choice>',
    help: `who tells geth its head: ${CONSENSUS_CHOICES.join(', ')} (default: the client that fits)`,
    completes: CONSENSUS_CHOICES,
  },
  {
    flags: '--checkpoint-url <url>',
    help: 'a provider to begin from, twice or more: two must agree',
    repeatable: true,
    completes: 'nothing',
  },
  {
    flags: '--engine-url <url>',
    help: 'where geth’s engine API is published for --consensus external (default: http://127.0.0.1:8551)',
    completes: 'nothing',
  },
  { flags: '--jwt-file <path>', help: 'the key that a consensus client of your own shares with geth', completes: 'file' },
  {
    flags: '--beacon-api <url>',
    help: 'a beacon API for --consensus builtin or --syncmode light; may be given several times',
    repeatable: true,
    completes: 'nothing',
  },
  {
    flags: '--execution-rpc <url>',
    help: 'an execution RPC for --syncmode light; may be given several times',
    repeatable: true,
    completes: 'nothing',
  },
  {
    flags: '--light-backend <name>',
    help: `the light client of --syncmode light: ${LIGHT_BACKENDS.join(', ')} (default: the one that fits)`,
    completes: LIGHT_BACKENDS,
  },
];
