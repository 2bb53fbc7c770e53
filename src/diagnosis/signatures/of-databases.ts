import type { Signature } from './signature.ts';

/** What geth says when it cannot use the database it finds. */
export const DATABASES: readonly Signature[] = [
  {
    id: 'database.locked',
    kind: 'database-locked',
    pattern:
      /^Fatal: (?:Failed to create the protocol stack: datadir already used by another process|.*: resource temporarily unavailable$)/,
    meaning: 'Another geth uses the same folder.',
    versions: 'all',
    example: 'Fatal: Failed to create the protocol stack: datadir already used by another process',
  },
  {
    id: 'database.foreign-genesis',
    kind: 'database-foreign',
    pattern: /^Fatal: .*\bdatabase (?:already )?contains (?:an )?incompatible genesis/,
    meaning: 'The folder holds the chain of another genesis.',
    versions: 'all',
    example:
      'Fatal: Failed to register the Ethereum service: database contains incompatible genesis (have 790ac206f4e9d3837e8284a6b81d69d832d6974d10735757ccad8ad35086d6ad, new 25a5cc106eea7138acab33231d7160d69cb777ee0c2c553fcddf5138993e6dd9)',
  },
  {
    id: 'database.foreign-config',
    kind: 'database-foreign',
    pattern: /^Fatal: .*\bmismatching .* in database \(have /,
    meaning: 'The folder holds a chain whose forks are other than those asked for.',
    versions: 'all',
    example:
      'Fatal: Failed to write genesis block: mismatching Shanghai fork timestamp in database (have timestamp 1600000000, want timestamp 1800000000, rewindto timestamp 1599999999)',
  },
  {
    id: 'database.foreign-to-dev',
    kind: 'database-foreign',
    pattern: /^Fatal: Bad developer-mode genesis configuration: /,
    meaning: 'The folder holds a chain that is none of --dev.',
    versions: '1.17.8',
    example: 'Fatal: Bad developer-mode genesis configuration: terminalTotalDifficulty must be 0',
  },
  {
    id: 'database.newer-version',
    kind: 'database-version',
    pattern: /^Fatal: .*\bdatabase version is v\d+, Geth \S+ only supports v\d+/,
    meaning: 'A newer geth wrote the database.',
    versions: 'all',
    example: 'Fatal: Failed to register the Ethereum service: database version is v9, Geth 1.12.0-stable only supports v8',
  },
  {
    id: 'database.newer-format',
    kind: 'database-version',
    pattern: /^Fatal: .*\bpebble: database "[^"]*" written in (?:unknown )?format major version /,
    meaning: 'A newer geth wrote the database, in a format that this one cannot read.',
    versions: '1.11.0 to 1.17.8',
    example:
      'Fatal: Failed to register the Ethereum service: pebble: database "/tmp/tB/y/geth/chaindata" written in format major version 13',
  },
  {
    id: 'database.newer-ancients',
    kind: 'database-version',
    pattern: /^Fatal: .*\brlp: .* for rawdb\.freezer/,
    meaning: 'A newer geth wrote the store of old blocks, in a format that this one cannot read.',
    versions: '1.10.0 to 1.15.11',
    example: 'Fatal: Could not open database: rlp: input list has too many elements for rawdb.freezerTableMeta',
  },
  {
    id: 'database.other-engine',
    kind: 'database-version',
    pattern: /^Fatal: .*\bdb\.engine choice was \S+ but found pre-existing \S+ database/,
    meaning: 'The database is of another engine than the one asked for.',
    versions: '1.11.0 to 1.17.8',
    example:
      'Fatal: Could not open database: db.engine choice was leveldb but found pre-existing pebble database in specified data directory',
  },
  {
    id: 'database.other-scheme',
    kind: 'database-version',
    pattern: /^Fatal: .*\bincompatible state scheme, stored: /,
    meaning: 'The state is kept by another scheme than the one asked for.',
    versions: '1.13.0 to 1.17.8',
    example: 'Fatal: Failed to register the Ethereum service: incompatible state scheme, stored: path, provided: hash',
  },
  {
    id: 'database.corrupt-files',
    kind: 'database-corrupt',
    pattern:
      /^(?:Fatal|panic): .*(?:\bpebble: (?:malformed manifest|could not open manifest|error when replaying WAL|file \d+ |internal error|corrupt)|\bpebble\/(?:record|table): |\bleveldb\/|\bcorrupt(?:ed|ion)?\b|is not a multiple of \d+$|chaindata\/\S+: (?:no such file or directory|bad file descriptor)$|\bgap in the chain between ancients|\bhas a? ?differing (?:head|tail)|ancient chain segments already extracted|\bchecksum mismatch)/i,
    meaning: 'Files of the database are damaged or missing.',
    versions: 'all',
    example: 'Fatal: Could not open database: pebble: malformed manifest file "MANIFEST-000005" for DB "/tmp/tB/c1/geth/chaindata"',
  },
  {
    id: 'database.stateless',
    kind: 'database-corrupt',
    pattern: /^Chain is stateless at a non-genesis block/,
    level: 'crit',
    meaning: 'The chain is there, but no state to go on from.',
    versions: '1.13.0 to 1.17.8',
    example: 'CRIT [04-11|07:20:31.512] Chain is stateless at a non-genesis block number=120 hash=2427f4..d01010',
  },
  {
    id: 'database.missing-block',
    kind: 'database-corrupt',
    pattern: /^Missing block in the middle, (?:resetting to genesis|aiming genesis)/,
    meaning: 'Blocks are missing in the database; it begins again.',
    versions: 'all',
    example: 'ERROR[04-11|07:20:31.512] Missing block in the middle, resetting to genesis number=119 hash=a7b5df..2054c8',
  },
];
