import { describe, expect, test } from 'vitest';
import { judgeCase } from '../../../src/diagnosis/judge-case.ts';
import {
  type CaseChange,
  CLOSED,
  died,
  END,
  kernel,
  makeCase,
  makeEvent,
  oomKill,
  PID,
  START,
  said,
  signalled,
  stopped,
} from '../case-factory.ts';

const verdict = (change: CaseChange) => judgeCase(makeCase(change)).verdict;
const lost: CaseChange = { container: { exitCode: 255 }, eventsSince: null };
const clean: CaseChange = { container: { exitCode: 0 }, ...CLOSED };

describe('an end with its engine or host', () => {
  test('is proved by a restart that the run did not live to see', () => {
    expect(verdict({ ...lost, host: { engineStartedAt: END + 800 } })).toMatchObject({ id: 'end.engine', confidence: 'certain' });
    expect(verdict({ ...lost, host: { engineStartedAt: END + 600_000 } })).toMatchObject({ id: 'end.engine', confidence: 'possible' });
  });

  test('is none where the run began after the restart', () => {
    const short = { container: { exitCode: 255, startedAt: END - 60_000 }, host: { engineStartedAt: END - 61_000 } };
    expect(verdict({ ...lost, ...short })).toMatchObject({ confidence: 'possible' });
    expect(verdict({ ...clean, container: { exitCode: 0, startedAt: END - 60_000 }, host: { engineStartedAt: END - 61_000 } }).id).toBe(
      'end.unexpected',
    );
  });

  test('is none where the restart came long after a stop', () => {
    const events = [signalled(15, END - 600), died(0), stopped()];
    expect(verdict({ ...clean, events, host: { engineStartedAt: END + 600_000 } })).toMatchObject({
      id: 'end.asked',
      confidence: 'certain',
    });
  });

  test('is likely, not certain, where the engine also told a stop right before it began anew', () => {
    const { verdict: first, also } = judgeCase(
      makeCase({ ...clean, events: [signalled(15, END - 600), died(0), stopped()], host: { engineStartedAt: END + 1500 } }),
    );
    expect(first).toMatchObject({ id: 'end.engine', confidence: 'likely' });
    expect(also).toContainEqual(expect.objectContaining({ id: 'end.asked', confidence: 'possible' }));
  });

  test('does not hide that the kernel killed it before', () => {
    expect(verdict({ container: { exitCode: 137 }, kernel: kernel(oomKill()), host: { engineStartedAt: END + 900 } }).id).toBe('oom.limit');
  });
});

describe('a close in good order', () => {
  test('of a consensus client is also one with the code of the signal', () => {
    const events = [signalled(15, END - 600), died(143), stopped()];
    const client = { ...CLOSED, role: 'consensus', events } as const;
    expect(verdict({ ...client, container: { exitCode: 143 } })).toMatchObject({ id: 'end.asked', code: 0 });
    expect(verdict({ ...client, role: 'execution', container: { exitCode: 143 }, signed: [] }).id).toBe('kill.early');
  });

  test('is no less one because another program in the container was killed', () => {
    const { verdict: first, also } = judgeCase(
      makeCase({
        ...clean,
        container: { exitCode: 0, oomKilled: true },
        kernel: kernel(oomKill({ pid: PID + 1, at: END - 60_000 })),
        events: [makeEvent('oom', END - 60_000), signalled(15, END - 600), died(0), stopped()],
      }),
    );
    expect(first).toMatchObject({ id: 'end.asked', confidence: 'certain' });
    expect(also).toContainEqual(expect.objectContaining({ id: 'oom.child', code: 3 }));
  });

  test('that geth began by itself for want of disk is none that somebody asked for', () => {
    expect(verdict({ ...clean, signed: [said('disk-low'), ...CLOSED.signed], eventsSince: null }).id).toBe('disk.low');
    const events = [signalled(15, END - 600), died(0), stopped()];
    expect(verdict({ ...clean, signed: [said('disk-low'), ...CLOSED.signed], events }).id).toBe('end.asked');
  });

  test('is not presumed of a run whose exit code nobody remembers', () => {
    expect(verdict({ ...CLOSED, present: false, run: { exitCode: null, startedAt: START, endedAt: END } }).code).not.toBe(0);
  });
});

describe('the last words of a run', () => {
  test('are likely its cause where nobody remembers its code, and only possible with another', () => {
    const signed = [said('database-locked')];
    const forgotten = { present: false, run: { exitCode: null, startedAt: START, endedAt: END } };
    expect(verdict({ signed, ...forgotten })).toMatchObject({ id: 'database.locked', confidence: 'likely' });
    expect(verdict({ signed, container: { exitCode: 3 } })).toMatchObject({ id: 'database.locked', confidence: 'possible' });
    expect(verdict({ signed, role: 'consensus', container: { exitCode: 3 } })).toMatchObject({ confidence: 'certain' });
  });

  test('of a line without a time count all the same', () => {
    expect(verdict({ signed: [said('database-locked', 'x', Number.NaN)] }).id).toBe('database.locked');
  });
});
