import type { Signature } from './signature.ts';

/** Ends by an error that no row before knows; asked last, and told in geth's own words. */
export const FATAL_ENDS: readonly Signature[] = [
  {
    id: 'database.failed-access',
    kind: 'database-corrupt',
    pattern:
      /^Failed to (?:store|write|delete|flush|persist|open|reset|repair|truncate|purge|commit|retrieve|decode|encode|RLP encode|init database|remove|update)\b/,
    level: 'crit',
    meaning: 'Its database refused it, and it gave up.',
    versions: 'all',
    example: 'CRIT [07-23|02:45:58.042] Failed to write block data to ancient store err="the append operation is out-order"',
  },
  {
    id: 'fatal.any',
    kind: 'fatal',
    pattern: /^Fatal: /,
    meaning: 'It refused to start or to go on, in words of its own.',
    versions: 'all',
    example: 'Fatal: Failed to raise file descriptor allowance: operation not permitted',
  },
  {
    id: 'fatal.usage',
    kind: 'bad-flag',
    pattern: /^Incorrect Usage[.:] /,
    meaning: 'It does not take its arguments.',
    versions: 'all',
    example: 'Incorrect Usage: Required flag "address" not set',
  },
  {
    id: 'fatal.critical',
    kind: 'fatal',
    pattern: /^(?!Fatal: |panic: |fatal error: |SIG|unexpected fault)/,
    level: 'crit',
    meaning: 'It met an error that it does not live with, in words of its own.',
    versions: 'all',
    example: "CRIT [04-11|07:20:31.401] Both 'hash' and 'path' mode are configured",
  },
];
