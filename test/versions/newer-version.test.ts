import { describe, expect, it } from 'vitest';
import { NEWEST_KNOWN } from '../../src/node/geth-rules/known-versions.ts';
import { type Cell, cellsOf, decide } from './cells.ts';

const NEWER = '1.18.0';

/** Everything that a decision is, without the version itself. */
function essence(cell: Cell) {
  const decision = decide(cell);
  if ('command' in decision) return { args: decision.command.args, env: decision.command.env, init: decision.init };
  return { code: decision.refusal.code, message: decision.refusal.message.replaceAll(cell.version, 'X') };
}

describe('a version newer than every table', () => {
  const pairs = cellsOf(NEWER).map((cell) => ({ cell, newest: { ...cell, version: NEWEST_KNOWN } }));

  it('is run, and refused, by the rules of the newest that is known', () => {
    for (const { cell, newest } of pairs) expect(essence(cell)).toEqual(essence(newest));
  });

  it('is said to be newer wherever it is run', () => {
    const runs = pairs.flatMap(({ cell }) => {
      const decision = decide(cell);
      return 'command' in decision ? [decision.notes.join(' ')] : [];
    });
    expect(runs.length).toBeGreaterThan(0);
    expect(runs.filter((notes) => !notes.includes(NEWER) || !notes.includes(NEWEST_KNOWN))).toEqual([]);
  });

  it('is not said of the newest that is known', () => {
    const runs = pairs.map(({ newest }) => decide(newest)).flatMap((decision) => ('command' in decision ? [decision.notes.join(' ')] : []));
    expect(runs.filter((notes) => notes.includes('newer than'))).toEqual([]);
  });
});
