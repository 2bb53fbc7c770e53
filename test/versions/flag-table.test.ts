import { beforeAll, describe, expect, it } from 'vitest';
import { FLAG_ROWS, flagRange, hasFlag } from '../../src/node/geth-rules/flag-versions.ts';
import { requires } from '../require.ts';
import { flagsOf, gethBinary, helpFlags, takenFlags, VERSIONS } from './binaries.ts';
import { cellsOf, decide } from './cells.ts';

const BUILD_MS = 900_000;
const TABLE = FLAG_ROWS.flatMap(({ flags }) => flags.split(' '));

/** Flags of `geth --help` that no running node has: of its console, and of help itself. */
const NOT_OF_A_NODE = new Set(['exec', 'jspath', 'preload', 'header', 'help', 'version']);

describe('the words that nodectl passes', () => {
  it.each(VERSIONS)('to geth %s are all in the flag table, for this version', (version) => {
    const used = new Set(
      cellsOf(version).flatMap((cell) => {
        const decision = decide(cell);
        return 'command' in decision ? flagsOf(decision.command.args) : [];
      }),
    );
    expect([...used].filter((flag) => !hasFlag(flag, version))).toEqual([]);
  });
});

describe.skipIf(!(await requires('geth')))('the flag table', () => {
  describe.each(VERSIONS)('agrees with geth %s', (version) => {
    let binary = '';
    let help: ReadonlySet<string> = new Set();
    beforeAll(async () => {
      binary = await gethBinary(version);
      help = helpFlags(binary);
    }, BUILD_MS);

    it('on every flag that its help names', () => {
      const named = [...help].filter((flag) => !NOT_OF_A_NODE.has(flag));
      expect(named.length).toBeGreaterThan(100);
      expect(named.filter((flag) => flagRange(flag) === undefined)).toEqual([]);
      expect(named.filter((flag) => !hasFlag(flag, version))).toEqual([]);
    });

    it('on every flag that it lists for this version', async () => {
      const hidden = TABLE.filter((flag) => hasFlag(flag, version) && !help.has(flag));
      expect((await takenFlags(binary, hidden)).toSorted()).toEqual(hidden.toSorted());
    });

    it('on flags that the version does not have: the binary refuses them', async () => {
      const missing = TABLE.filter((flag) => !hasFlag(flag, version));
      expect(missing.length).toBeGreaterThan(0);
      expect(await takenFlags(binary, missing)).toEqual([]);
    }, 120_000);
  });
});
