import { describe, expect, test } from 'vitest';
import { judgeCase } from '../../../src/diagnosis/judge-case.ts';
import { lineSigner } from '../../../src/diagnosis/signatures/sign-lines.ts';
import { SIGNATURES } from '../../../src/diagnosis/signatures/signatures.ts';
import { END, makeCase, START } from '../case-factory.ts';

/** What a program said last, the code it ended with, and the verdict on that alone. */
const LAST_WORDS: readonly (readonly [signature: string, exitCode: number, verdict: string, role?: 'consensus'])[] = [
  ['disk.low-shutdown', 0, 'disk.low'],
  ['disk.full-panic', 2, 'disk.full'],
  ['disk.full-at-start', 1, 'disk.full'],
  ['memory.runtime', 2, 'crash.memory'],
  ['memory.no-block', 2, 'crash.memory'],
  ['threads.none-given', 2, 'crash.memory'],
  ['signal.bus', 2, 'crash.panic'],
  ['signal.other', 2, 'crash.panic'],
  ['panic.any', 2, 'crash.panic'],
  ['panic.fatal-error', 2, 'crash.panic'],
  ['flag.unknown', 1, 'refused.flag'],
  ['flag.invalid-value', 1, 'refused.flag'],
  ['flag.needs-value', 1, 'refused.flag'],
  ['flag.unknown-command', 1, 'refused.flag'],
  ['mode.invalid-value', 1, 'refused.mode'],
  ['mode.unknown', 1, 'refused.mode'],
  ['mode.light-removed', 1, 'refused.mode'],
  ['settings.exclusive-flags', 1, 'refused.settings'],
  ['settings.value', 1, 'refused.settings'],
  ['settings.config-file', 1, 'refused.settings'],
  ['secret.invalid', 1, 'refused.settings'],
  ['secret.missing', 1, 'refused.settings'],
  ['genesis.invalid', 1, 'refused.settings'],
  ['genesis.unsupported', 1, 'refused.settings'],
  ['permission.denied', 1, 'refused.settings'],
  ['port.taken', 1, 'port.taken'],
  ['database.locked', 1, 'database.locked'],
  ['database.foreign-genesis', 1, 'database.foreign'],
  ['database.newer-format', 1, 'database.version'],
  ['database.newer-ancients', 1, 'database.version'],
  ['database.other-engine', 1, 'database.version'],
  ['database.other-scheme', 1, 'database.version'],
  ['database.corrupt-files', 1, 'database.corrupt'],
  ['database.stateless', 1, 'database.corrupt'],
  ['database.failed-access', 1, 'database.corrupt'],
  ['prysm.locked', 1, 'database.locked', 'consensus'],
  ['prysm.foreign', 1, 'database.foreign', 'consensus'],
  ['prysm.bad-key', 1, 'refused.settings', 'consensus'],
  // Prysm ends with 0 after words that it does not know.
  ['flag.unknown', 0, 'refused.flag', 'consensus'],
];

describe.each(LAST_WORDS.map((row) => ({ row, name: `${row[0]} and exit code ${row[1]}` })))('$name', ({ row }) => {
  const [signature, exitCode, verdict, role = 'execution'] = row;
  test(`are judged ${verdict}`, () => {
    const signer = lineSigner();
    const say = (text: string, at: number) => signer.take({ stream: 'stderr', time: new Date(at).toISOString(), text });
    say('INFO [11-21|20:00:00.000] Starting Geth on Sepolia testnet...', START);
    say(SIGNATURES.find(({ id }) => id === signature)?.example ?? '', END - 500);
    expect(judgeCase(makeCase({ role, container: { exitCode }, ...signer.told() })).verdict).toMatchObject({
      id: verdict,
      confidence: 'certain',
    });
  });
});
