import { NodectlError } from '../../errors.ts';

/** A fork of a beacon chain that will come or has come. */
export interface BeaconFork {
  /** As the configuration calls it: `ELECTRA`. */
  readonly name: string;
  readonly epoch: number;
  /** 0x and eight hex digits. */
  readonly version: string;
}

/** What a beacon chain's configuration file says, as far as nodectl needs it. */
export interface NetworkConfig {
  readonly slotSeconds: number;
  readonly epochSlots: number;
  /** Epochs that a sync committee serves. */
  readonly committeeEpochs: number;
  /** In the order of their epochs, from GENESIS on; those that never come are left out. */
  readonly forks: readonly BeaconFork[];
  /** The chain id of the execution layer; undefined where the file leaves it to the preset. */
  readonly chainId: number | undefined;
}

/** A public network's has 12 kB; its comments are most of it. */
const LARGEST = 256 * 1024;
/** The epoch of a fork that is not scheduled. */
const NEVER = 18_446_744_073_709_551_615n;
/** What the presets of the specification say where a configuration does not. */
const PRESETS: Readonly<Record<string, { readonly slotSeconds: number; readonly epochSlots: number; readonly committeeEpochs: number }>> = {
  mainnet: { slotSeconds: 12, epochSlots: 32, committeeEpochs: 256 },
  minimal: { slotSeconds: 6, epochSlots: 8, committeeEpochs: 8 },
};
const LINE = /^(?<key>[A-Z][A-Z0-9_]*)[ \t]*:(?:[ \t]+(?<value>"[^"]*"|'[^']*'|[^#\s][^#]*?))?[ \t]*(?:#.*)?$/;

interface Entry {
  readonly value: string;
  readonly line: number;
}

/**
 * Reads a consensus layer's configuration: names and values, one a line, as all clients take it. Whatever it does not need it
 * leaves to the client. INVALID_PROFILE, with the file and the line, for what is no such configuration.
 */
export function readNetworkConfig(path: string, bytes: Uint8Array): NetworkConfig {
  if (bytes.length > LARGEST) throw refusal(path, `has ${bytes.length} bytes; a beacon chain's configuration has ${LARGEST} at most.`);
  const entries = readEntries(path, textOf(path, bytes));
  const preset = PRESETS[entries.get('PRESET_BASE')?.value ?? 'mainnet'];
  const [name, base] = [entries.get('PRESET_BASE'), preset];
  if (base === undefined) throw refusal(path, `PRESET_BASE is neither mainnet nor minimal, found ${shown(name?.value)}.`, name?.line);
  if (!entries.has('GENESIS_FORK_VERSION')) {
    throw refusal(path, "is no beacon chain's configuration: it has no GENESIS_FORK_VERSION.");
  }
  const whole = (key: string) => wholeNumber(path, key, entries.get(key));
  const milliseconds = whole('SLOT_DURATION_MS');
  return {
    slotSeconds: whole('SECONDS_PER_SLOT') ?? (milliseconds === undefined ? base.slotSeconds : milliseconds / 1000),
    epochSlots: whole('SLOTS_PER_EPOCH') ?? base.epochSlots,
    committeeEpochs: whole('EPOCHS_PER_SYNC_COMMITTEE_PERIOD') ?? base.committeeEpochs,
    forks: readForks(path, entries),
    chainId: whole('DEPOSIT_CHAIN_ID'),
  };
}

/** The forks alone, as geth's own light consensus reads them (`--beacon.config`). */
export function lightConfig({ forks }: Pick<NetworkConfig, 'forks'>): string {
  const words = ({ name, version, epoch }: BeaconFork) => [
    `${name}_FORK_VERSION: ${version}`,
    ...(name === 'GENESIS' ? [] : [`${name}_FORK_EPOCH: ${epoch}`]),
  ];
  return `${forks.flatMap(words).join('\n')}\n`;
}

function textOf(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refusal(path, 'is not UTF-8 text.', undefined, cause);
  }
}

function readEntries(path: string, text: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const [index, row] of text.split(/\r?\n/).entries()) {
    const { key, value } = LINE.exec(row)?.groups ?? {};
    if (key === undefined) continue;
    const line = index + 1;
    if (entries.has(key)) throw refusal(path, `says ${key} a second time.`, line);
    entries.set(key, { value: (value ?? '').replace(/^(["'])(.*)\1$/, '$2'), line });
  }
  return entries;
}

function readForks(path: string, entries: ReadonlyMap<string, Entry>): readonly BeaconFork[] {
  const forks: BeaconFork[] = [];
  for (const [key, entry] of entries) {
    const name = /^(.+)_FORK_EPOCH$/.exec(key)?.[1] ?? (key === 'GENESIS_FORK_VERSION' ? 'GENESIS' : undefined);
    if (name === undefined) continue;
    const epoch = name === 'GENESIS' ? 0 : forkEpoch(path, key, entry);
    if (epoch !== undefined) forks.push({ name, epoch, version: forkVersion(path, name, entries, entry) });
  }
  // The file's own order decides between forks of one epoch: it names them as they follow.
  return forks.sort((a, b) => a.epoch - b.epoch);
}

function forkEpoch(path: string, key: string, { value, line }: Entry): number | undefined {
  if (!/^\d{1,20}$/.test(value)) throw refusal(path, `${key} is not an epoch, found ${shown(value)}.`, line);
  if (BigInt(value) === NEVER) return undefined;
  const epoch = Number(value);
  if (!Number.isSafeInteger(epoch)) throw refusal(path, `${key} is later than any epoch, found ${shown(value)}.`, line);
  return epoch;
}

function forkVersion(path: string, name: string, entries: ReadonlyMap<string, Entry>, fork: Entry): string {
  const key = `${name}_FORK_VERSION`;
  const entry = entries.get(key);
  if (entry === undefined) throw refusal(path, `schedules the fork ${name} and does not say its ${key}.`, fork.line);
  if (!/^0x[0-9a-fA-F]{8}$/.test(entry.value)) {
    throw refusal(path, `${key} is not 0x and eight hex digits, found ${shown(entry.value)}.`, entry.line);
  }
  return entry.value.toLowerCase();
}

function wholeNumber(path: string, key: string, entry: Entry | undefined): number | undefined {
  if (entry === undefined) return undefined;
  if (/^[1-9]\d{0,14}$/.test(entry.value)) return Number(entry.value);
  throw refusal(path, `${key} is not a whole number above 0, found ${shown(entry.value)}.`, entry.line);
}

function shown(value: string | undefined): string {
  return JSON.stringify((value ?? '').slice(0, 40));
}

function refusal(path: string, problem: string, line?: number, cause?: unknown): NodectlError {
  const where = line === undefined ? path : `${path}, line ${line}`;
  return new NodectlError('INVALID_PROFILE', `${where}: ${problem}`, { facts: { file: path }, cause });
}
