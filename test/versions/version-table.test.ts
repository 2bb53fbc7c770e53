import { mkdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { requires } from '../require.ts';
import { gethBinary, helpFlags, VERSIONS } from './binaries.ts';
import { askedWords, type Cell, cellsOf, type Decision, decide } from './cells.ts';
import { distinctWords, type ProofRow, proofPage, proofTables } from './proof-page.ts';
import { type Geth, proveAllowed } from './prove-allowed.ts';
import { proveRefused } from './prove-refused.ts';
import { inPlace } from './run-geth.ts';

const BUILD_MS = 900_000;
const CELL_MS = 240_000;

const rows: ProofRow[] = [];

describe.skipIf(!(await requires('geth')))('the version table, on real binaries', () => {
  afterAll(() => {
    process.stdout.write(`\n${proofTables(rows)}\n`);
    if (process.env.NODECTL_WRITE_PROOF !== '1') return;
    mkdirSync('docs/reference', { recursive: true });
    writeFileSync('docs/reference/versions.md', proofPage(rows, new Date().toISOString().slice(0, 10)));
  });

  describe.each(VERSIONS)('geth %s', (version) => {
    let geth: Geth;
    beforeAll(async () => {
      const path = await gethBinary(version);
      geth = { path, help: helpFlags(path) };
    }, BUILD_MS);

    for (const cell of cellsOf(version)) {
      const decision = decide(cell);
      const row = { version, network: cell.network.title, asked: askedWords(cell), passes: passesText(decision), did: 'FAILED' };
      const slot = rows.push(row) - 1;
      it.concurrent(
        `${row.network}, ${row.asked}: ${promise(decision)}`,
        async () => {
          rows[slot] = { ...row, did: await prove(cell, decision, geth) };
        },
        CELL_MS,
      );
    }
  });
});

function prove(cell: Cell, decision: Decision, geth: Geth): Promise<string> {
  return inPlace((place) =>
    'command' in decision ? proveAllowed(cell, decision, geth, place) : proveRefused(cell, decision.refusal, geth, place),
  );
}

function promise(decision: Decision): string {
  return 'command' in decision
    ? 'starts with the words it is given, answers and stops clean'
    : 'is refused for what the binary itself shows';
}

function passesText(decision: Decision): string {
  if ('refusal' in decision) return `refused (${decision.refusal.code}): ${decision.refusal.message}`;
  const env = Object.keys(decision.command.env).map((name) => ` and ${name}`);
  return `\`${distinctWords(decision.command.args)}\`${env.join('')}`;
}
