import * as z from 'zod/mini';
import { type UpReport, up } from '../../actions/up.ts';
import type { UpRequest } from '../../actions/up-request.ts';
import { WAIT_GOALS } from '../../actions/wait-until-ready.ts';
import { HISTORY_RANGES } from '../../node/history-ranges.ts';
import { ASKED_STORAGE_MODES } from '../../node/storage/storage-modes.ts';
import { SYNC_MODES } from '../../node/sync-modes.ts';
import type { Command, OptionUsage } from '../command.ts';
import { addressOption, cpusOption, durationOption, flag, gethVersionOption, nodeName, sizeOption } from '../option-values.ts';
import { CONSENSUS_OPTIONS, CONTRADICTIONS, consensusWords, type Said } from './up-consensus.ts';
import { renderUp, UpReportSchema } from './up-report.ts';

const IMAGE_SOURCES = ['auto', 'pull', 'build'] as const;
const PORT = /^(?:auto|[1-9]\d{0,4})$/;
/** WebSocket takes the port after it. */
const HIGHEST_PORT = 65_534;

/** geth's own `--light.maxpeers` is 100 unless told otherwise; each light client costs memory. */
const LightPeers = z.pipe(
  z.string().check(z.regex(/^(?:0|[1-9]\d{0,2})$/, 'must be 0 to 999')),
  z.transform((text: string) => Number(text)),
);

const words = {
  name: nodeName,
  network: z.optional(z.string().check(z.minLength(1, 'needs a network'))),
  preset: z.optional(z.string().check(z.minLength(1, 'needs a preset'))),
  syncmode: z.optional(z.enum(SYNC_MODES)),
  history: z.optional(z.enum(HISTORY_RANGES)),
  mine: flag,
  etherbase: addressOption,
  passwordFile: z.optional(z.string().check(z.minLength(1, 'needs a file'))),
  lightPeers: z.optional(LightPeers),
  gethVersion: gethVersionOption,
  image: z.optional(z.string().check(z.minLength(1, 'needs a reference'))),
  imageSource: z._default(z.enum(IMAGE_SOURCES), 'auto'),
  memory: sizeOption('--memory'),
  swap: sizeOption('--swap'),
  cpus: cpusOption,
  storage: sizeOption('--storage'),
  storageMode: z.optional(z.enum(ASKED_STORAGE_MODES)),
  port: z.optional(
    z
      .string()
      .check(z.refine((text) => PORT.test(text) && (text === 'auto' || Number(text) <= HIGHEST_PORT), 'must be auto or 1 to 65534')),
  ),
  wait: z._default(z.enum(WAIT_GOALS), 'rpc'),
  timeout: durationOption('5m'),
  dryRun: flag,
  force: flag,
  yes: flag,
  gethFlags: z._default(z.array(z.string()), []),
  ...consensusWords,
};

export const UpInput = z.pipe(
  z.strictObject(words).check(
    z.refine((raw) => raw.image === undefined || raw.gethVersion === undefined, {
      message: 'contradicts --geth-version: an image has its own version',
      path: ['image'],
    }),
    ...CONTRADICTIONS.map(({ option, message, is }) => z.refine((raw) => !is(raw as Said), { message, path: [option] })),
  ),
  z.transform(
    (raw): UpRequest => ({
      name: raw.name,
      network: raw.network,
      preset: raw.preset,
      mode: raw.syncmode,
      history: raw.history,
      mine: raw.mine,
      etherbase: raw.etherbase,
      passwordFile: raw.passwordFile,
      lightPeers: raw.lightPeers,
      geth: raw.gethVersion,
      imageRef: raw.image,
      imageSource: raw.imageSource,
      memory: raw.memory,
      swap: raw.swap,
      cpus: raw.cpus,
      storage: raw.storage,
      storageMode: raw.storageMode,
      port: raw.port === undefined || raw.port === 'auto' ? raw.port : Number(raw.port),
      extra: raw.gethFlags,
      consensus: raw.consensus,
      engine: raw.engineUrl,
      jwtFile: raw.jwtFile,
      checkpointUrls: raw.checkpointUrl,
      beaconApis: raw.beaconApi,
      executionRpcs: raw.executionRpc,
      lightBackend: raw.lightBackend,
      force: raw.force,
      dryRun: raw.dryRun,
      yes: raw.yes,
      wait: raw.wait,
      timeoutMs: raw.timeout,
    }),
  ),
);

export const UP_OPTIONS: readonly OptionUsage[] = [
  {
    flags: '--network <name>',
    help: 'mainnet (default), sepolia, hoodi, dev, or the path of a profile or genesis.json',
    completes: 'network',
  },
  { flags: '--name <name>', help: "the node's name (default: the network's)", completes: 'kept-node' },
  { flags: '--syncmode <mode>', help: SYNC_MODES.join(', '), completes: SYNC_MODES },
  { flags: '--history <range>', help: `blocks kept: ${HISTORY_RANGES.join(', ')} (default: all)`, completes: HISTORY_RANGES },
  { flags: '--mine', help: 'make blocks, on a private clique or ethash chain' },
  { flags: '--etherbase <address>', help: 'the account that seals and is paid; `nodectl account new` makes one', completes: 'nothing' },
  { flags: '--password-file <path>', help: "the account's password; kept in the volume, for geth alone", completes: 'file' },
  { flags: '--light-peers <number>', help: 'light clients to serve, on a private chain with geth up to 1.12.0', completes: 'nothing' },
  ...CONSENSUS_OPTIONS,
  { flags: '--memory <size>', help: 'memory limit, for instance 2G', completes: 'nothing' },
  { flags: '--swap <size>', help: 'swap beyond memory; 0 for none (default: as much as memory, if the host has it)', completes: 'nothing' },
  { flags: '--cpus <number>', help: 'CPUs, for instance 1.5 (default: all)', completes: 'nothing' },
  { flags: '--storage <size>', help: 'size of the chain volume, kept as --storage-mode says', completes: 'nothing' },
  {
    flags: '--storage-mode <mode>',
    help: 'auto (default: the best that the host can do), quota, sized (a filesystem of its own in a file), driver, watchdog',
    completes: ASKED_STORAGE_MODES,
  },
  { flags: '--preset <name>', help: 'limits from a preset, for instance small-vps', completes: 'preset' },
  { flags: '--geth-version <version>', help: "X.Y.Z (default: the profile's)", completes: 'geth-version' },
  { flags: '--image <ref>', help: 'an image of your own; it is asked for its version', completes: 'nothing' },
  { flags: '--image-source <source>', help: 'auto (default: pull, else build from source), pull, build', completes: IMAGE_SOURCES },
  { flags: '--port <port>', help: 'host port of JSON-RPC, WebSocket takes the next; auto finds free ones', completes: ['auto'] },
  { flags: '--wait <goal>', help: `wait for ${WAIT_GOALS.join(', ')} (default: rpc)`, completes: WAIT_GOALS },
  { flags: '--timeout <duration>', help: 'how long to wait, for instance 90s (default: 5m)', completes: 'nothing' },
  { flags: '--dry-run', help: 'print the plan and the equivalent docker run line, change nothing' },
  {
    flags: '--force',
    help: 'go on with memory or a disk judged unfit, and on the word of one --checkpoint-url or --beacon-api where two must agree',
  },
  { flags: '-y, --yes', help: 'agree to what would be asked (installing a Docker engine)' },
];

export const UP_ARGUMENTS = [
  { usage: '[geth-flags...]', help: 'after --: words passed to geth as they are', completes: 'nothing' },
] as const;

export const command: Command<UpRequest, UpReport> = {
  summary: 'bring a node to what you ask: create it, change it, start it, or find nothing to do',
  arguments: UP_ARGUMENTS,
  options: UP_OPTIONS,
  examples: [
    'nodectl up --network dev --yes',
    'nodectl up --network hoodi --memory 8G --swap 4G --cpus 1.5',
    'nodectl up --network dev -- --dev.period 2',
    'nodectl up --network ./genesis.json --name office',
  ],
  input: UpInput,
  report: UpReportSchema,
  run: up,
  render: renderUp,
  exit: () => 0,
};
