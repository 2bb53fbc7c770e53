/** What a line of geth's log says about its sync. */
export type GethWord =
  | 'looking-for-peers'
  | 'no-client'
  | 'client-never-spoke'
  | 'client-silent'
  | 'sync-requested'
  | 'refused'
  | 'headers'
  | 'chain'
  | 'state'
  | 'healing'
  | 'indexing'
  | 'imported'
  | 'disk-low'
  | 'stopping'
  | 'stopped';

export interface GethLine {
  readonly says: GethWord;
  /** The versions that write it. */
  readonly versions: string;
  readonly pattern: RegExp;
  /** A line as geth wrote it, on the machine of somebody; the tests hold the pattern against it. */
  readonly line: string;
}

/**
 * The lines that tell where a sync is. Progress comes every 8 seconds, the search for peers every 10, the warnings about the
 * consensus client every 5 minutes after 2 without it. A pattern is geth's message, which all of its formats keep.
 */
export const GETH_LINES: readonly GethLine[] = [
  {
    says: 'looking-for-peers',
    versions: '1.9.0 and later',
    pattern: /\bLooking for peers\b/,
    line: 'INFO [11-21|10:55:39.533] Looking for peers                        peercount=1 tried=1 static=1',
  },
  {
    says: 'no-client',
    versions: '1.10.17 and later',
    pattern: /Post-merge network, but no beacon client seen/,
    line: 'WARN [05-22|15:06:25.641] Post-merge network, but no beacon client seen. Please launch one to follow the chain!',
  },
  {
    says: 'client-never-spoke',
    versions: '1.10.17 and later',
    pattern: /Beacon client online, but never received consensus updates/,
    line: 'WARN [10-03|13:10:26.499] Beacon client online, but never received consensus updates. Please ensure your beacon client is operational to follow the chain!',
  },
  {
    says: 'client-silent',
    versions: '1.10.17 and later; offline is the word of 1.10',
    pattern: /Beacon client online, but no consensus updates received in a while|Previously seen beacon client is offline/,
    line: 'WARN [11-21|10:55:39.447] Beacon client online, but no consensus updates received in a while. Please fix your beacon client to follow the chain!',
  },
  {
    says: 'sync-requested',
    versions: '1.10.17 and later',
    pattern: /Forkchoice requested sync to new head/,
    line: 'INFO [10-02|20:42:30.288] Forkchoice requested sync to new head    number=18,264,709 hash=43e78f..42b82e finalized=18,264,619',
  },
  {
    says: 'refused',
    versions: '1.11.0 and later',
    pattern: /Marked new chain head as invalid/,
    line: 'WARN [11-21|10:01:07.300] Marked new chain head as invalid         hash=5ad1b2..f1c0aa badnumber=1 badhash=77ae01..0b9d3e',
  },
  {
    says: 'headers',
    versions: '1.10.17 and later',
    pattern: /Syncing beacon headers|Beacon sync starting/,
    line: 'INFO [07-24|12:14:52.493] Syncing beacon headers                   downloaded=145,920 left=17,617,968 eta=1h23m32.815s',
  },
  {
    says: 'chain',
    versions: '1.11.0 and later',
    pattern: /Syncing: chain download in progress/,
    line: 'INFO [04-19|13:35:15.948] Syncing: chain download in progress      synced=3.51% chain=219.92MiB headers=501,760@120.75MiB bodies=469,010@90.74MiB receipts=469,010@8.44MiB eta=1h3m19.777s',
  },
  {
    says: 'chain',
    versions: '1.8 to 1.12',
    pattern: /Imported new block (?:headers|receipts)/,
    line: 'INFO [06-06|11:34:08] Imported new block headers               count=192 elapsed=76.267ms number=192 hash=8c570c…ba360c ignored=0',
  },
  {
    says: 'state',
    versions: '1.11.0 and later',
    pattern: /Syncing: state download in progress/,
    line: 'INFO [11-04|01:30:47.073] Syncing: state download in progress      synced=5.17%  state=15.94GiB  accounts=13,765,962@2.76GiB   slots=60,103,221@12.64GiB  codes=101,077@546.40MiB eta=6h5m48.140s',
  },
  {
    says: 'state',
    versions: '1.10',
    pattern: /State sync in progress/,
    line: 'INFO [07-19|19:56:17.276] State sync in progress                   synced=99.98% state=131.91GiB  accounts=159,411,374@32.46GiB slots=486,178,145@97.28GiB codes=418,259@2.18GiB    eta=-1m55.188s',
  },
  {
    says: 'state',
    versions: '1.8 to 1.10, fast sync',
    pattern: /Imported new state entries/,
    line: 'INFO [01-09|02:34:58.385] Imported new state entries               count=1641 elapsed=915.9µs processed=1641 pending=20862 retry=0 duplicate=0 unexpected=0',
  },
  {
    says: 'healing',
    versions: '1.11.0 and later',
    pattern: /Syncing: state healing in progress/,
    line: 'INFO [10-02|20:42:30.121] Syncing: state healing in progress       accounts=2,485,399@117.50MiB slots=7,111,949@518.22MiB codes=121@952.49KiB nodes=54,032,774@4.58GiB pending=4368',
  },
  {
    says: 'healing',
    versions: '1.10',
    pattern: /State heal in progress/,
    line: 'INFO [01-14|07:17:04.521] State heal in progress                   accounts=653,220@44.92MiB slots=411,193@29.23MiB codes=508@4.03MiB nodes=8,384,408@2.38GiB    pending=78296',
  },
  {
    says: 'indexing',
    versions: '1.9.8 and later; log indexes from 1.15.6 on',
    pattern: /Indexing transactions|Log index (?:head|tail) rendering in progress/,
    line: 'INFO [11-21|10:55:05.772] Log index head rendering in progress     firstblock=0 lastblock=147 processed=148 remaining=0 elapsed=1.212s',
  },
  {
    says: 'imported',
    versions: '1.8 and later',
    pattern: /Imported new (?:potential )?chain segment|Chain head was updated/,
    line: 'INFO [11-21|02:57:47.322] Imported new potential chain segment     number=1 hash=2e56f9..00db12 blocks=1 txs=1 mgas=0.024 elapsed=1.401ms     mgasps=17.124 triediffs=2.11KiB triedirty=0.00B',
  },
  {
    says: 'disk-low',
    versions: '1.10.0 and later',
    pattern: /\bLow disk space\. Gracefully shutting down Geth to prevent database corruption/,
    line: 'ERROR[11-21|20:12:49.268] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=69.03GiB path=/tmp/tB/d/geth',
  },
  {
    says: 'stopping',
    versions: '1.8.2 and later',
    pattern: /Got interrupt, shutting down/,
    line: 'INFO [11-21|02:57:49.358] Got interrupt, shutting down...',
  },
  {
    says: 'stopped',
    versions: '1.8 and later',
    pattern: /\b(?:Blockchain stopped|Light ethereum stopped)/,
    line: 'INFO [11-21|02:57:49.369] Blockchain stopped',
  },
];

/** What a line says; undefined for a line of something else. */
export function wordOf(line: string): GethWord | undefined {
  return GETH_LINES.find(({ pattern }) => pattern.test(line))?.says;
}

/** A number behind `key` in any of geth's formats: `left=17,617,968`, `"left":17617968`, `"left":"17,617,968"`; undefined where it is not. */
export function loggedNumber(line: string, key: string): number | undefined {
  const found = new RegExp(`(?:\\b${key}=|"${key}":\\s*)"?(\\d[\\d,]*)(?![\\d.])`).exec(line)?.[1];
  const number = Number(found?.replaceAll(',', ''));
  return Number.isSafeInteger(number) ? number : undefined;
}

/** A percentage behind `key` as a fraction of 0 to 1: `synced=5.17%`. */
export function loggedFraction(line: string, key: string): number | undefined {
  const found = new RegExp(`(?:\\b${key}=|"${key}":\\s*)"?(\\d{1,3}(?:\\.\\d+)?)%`).exec(line)?.[1];
  return found === undefined ? undefined : Math.min(1, Number(found) / 100);
}
