import { describe, expect, test } from 'vitest';
import { judgeCase } from '../../../src/diagnosis/judge-case.ts';
import {
  type CaseChange,
  died,
  END,
  ID,
  kernel,
  makeCase,
  makeEvent,
  NO_KERNEL,
  OTHER_ID,
  oomKill,
  PID,
  START,
  said,
  signalled,
  stopped,
} from '../case-factory.ts';

const killed = (change: CaseChange = {}) => makeCase({ events: [died(137)], ...change, container: { exitCode: 137, ...change.container } });
const verdict = (change: CaseChange = {}) => judgeCase(killed(change)).verdict;
const anyPid = { run: { pid: null } };

describe('a kill by the kernel', () => {
  test('of another container is none of this one', () => {
    const cgroup = `/docker/${OTHER_ID}`;
    expect(verdict({ kernel: kernel(oomKill({ limitCgroup: cgroup, victimCgroup: cgroup, pid: 77 })) }).id).toBe('kill.stranger');
  });

  test('of the run before is none of this one', () => {
    expect(verdict({ ...anyPid, kernel: kernel(oomKill({ at: START - 60_000 })) }).id).toBe('kill.stranger');
  });

  test('without a process id must be at the moment of the end', () => {
    expect(verdict({ ...anyPid, kernel: kernel(oomKill({ at: END - 300_000 })) }).id).toBe('kill.stranger');
  });

  test('may be a little off by the clock of the kernel, which nobody corrects, the more the longer it runs', () => {
    const apart = (bootedAt: number) => verdict({ ...anyPid, host: { bootedAt }, kernel: kernel(oomKill({ at: END - 40_000 })) }).id;
    expect(apart(END - 10 * 86_400_000)).toBe('oom.limit');
    expect(apart(END - 3_600_000)).toBe('kill.stranger');
  });

  test('is proved by the process id alone, whatever the clocks say', () => {
    expect(verdict({ host: { bootedAt: END - 10 * 86_400_000 }, kernel: kernel(oomKill({ at: END - 40_000, pid: PID })) })).toMatchObject({
      ...{ id: 'oom.limit', confidence: 'certain' },
    });
  });

  test('is never taken from what the container wrote', () => {
    const text = `oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=/docker/${ID},task_memcg=/docker/${ID},task=geth,pid=${PID},uid=0`;
    const lines = [{ at: END - 10, text }];
    expect(verdict({ lastLines: lines }).id).toBe('kill.stranger');
    expect(verdict({ lastLines: lines, kernel: NO_KERNEL }).id).toBe('kill.stranger');
  });

  test('of a nested container ends that one, not the one around it', () => {
    const inner = `/docker/${OTHER_ID}/docker/${ID}`;
    expect(verdict({ kernel: kernel(oomKill({ victimCgroup: inner, limitCgroup: inner })) }).id).toBe('oom.limit');
    expect(verdict({ kernel: kernel(oomKill({ victimCgroup: inner, limitCgroup: `/docker/${OTHER_ID}` })) }).id).toBe('oom.parent');
  });

  test('comes before the stop in which it happened', () => {
    const events = [signalled(15, END - 9000), signalled(9, END - 1), died(137), stopped()];
    expect(verdict({ events, kernel: kernel(oomKill()) }).id).toBe('oom.limit');
  });
});

describe('a witness of a full memory where the kernel log is closed', () => {
  const flagged = { exitCode: 137, oomKilled: true };
  const event = makeEvent('oom', END - 30);
  const look = { oomKills: 1, limitHits: null, peakBytes: null, memoryBytes: null, swapBytes: null, memoryPressure: null, at: END - 900 };

  test('alone makes it possible, two make it likely', () => {
    expect(verdict({ container: flagged, kernel: NO_KERNEL })).toMatchObject({ id: 'oom.limit', confidence: 'possible' });
    expect(verdict({ container: flagged, kernel: NO_KERNEL, counters: look })).toMatchObject({ id: 'oom.limit', confidence: 'likely' });
    expect(verdict({ container: flagged, kernel: NO_KERNEL, events: [event, died(137)] })).toMatchObject({ confidence: 'likely' });
  });

  test('from long before the end is of another program', () => {
    expect(verdict({ kernel: NO_KERNEL, events: [makeEvent('oom', END - 600_000), died(137)] }).id).toBe('kill.stranger');
  });

  test('does not outweigh a kill that the engine sent', () => {
    const events = [event, signalled(9, END - 5), died(137)];
    expect(verdict({ container: flagged, kernel: NO_KERNEL, events }).id).toBe('kill.engine');
  });
});

describe('a kill by somebody', () => {
  test('right after the kernel killed another program in it is no end by that', () => {
    const events = [signalled(9, END - 10), died(137)];
    const { verdict: first, also } = judgeCase(killed({ events, kernel: kernel(oomKill({ pid: 9000, at: END - 1000 })) }));
    expect(first.id).toBe('kill.engine');
    expect(also).toEqual([expect.objectContaining({ id: 'oom.child', code: 3 })]);
  });

  test('within a stop that lasted no second, and that the engine did not end, is no timeout', () => {
    expect(verdict({ events: [signalled(15, END - 500), signalled(9, END - 5), died(137)] }).id).toBe('kill.engine');
    expect(verdict({ events: [signalled(15, END - 5000), signalled(9, END - 5), died(137)] })).toMatchObject({
      ...{ id: 'kill.stop-timeout', confidence: 'likely' },
    });
  });

  test('of the run before or after this one is not of this one', () => {
    const before = [signalled(9, START - 100), died(137, START - 90), makeEvent('start', START + 5)];
    const after = [makeEvent('start', END + 500), signalled(9, END + 900), died(137, END + 950)];
    expect(verdict({ events: [...before, died(137), ...after] }).id).toBe('kill.stranger');
  });

  test('is not told from any other where the engine remembers nothing', () => {
    expect(verdict({ events: [], eventsSince: null })).toMatchObject({ id: 'kill.stranger', confidence: 'possible' });
    expect(verdict({ events: [], eventsSince: END + 1 })).toMatchObject({ id: 'kill.stranger', confidence: 'possible' });
  });

  test('is not excluded by an engine that does not even tell the end', () => {
    expect(verdict({ events: [] })).toMatchObject({ id: 'kill.stranger', confidence: 'possible' });
  });

  test('is only possible where the engine began anew right after', () => {
    const { verdict: first, also } = judgeCase(killed({ host: { engineStartedAt: END + 900 } }));
    expect(first).toMatchObject({ id: 'end.engine', confidence: 'likely' });
    expect(also).toContainEqual(expect.objectContaining({ id: 'kill.stranger', confidence: 'possible' }));
  });
});

describe('a guard of the memory', () => {
  const guard = { kind: 'userspace-kill', by: 'earlyoom', at: END - 200, victimCgroup: null, signal: 9, lines: ['x'] } as const;

  test('that killed another process did not kill this one', () => {
    expect(verdict({ kernel: kernel({ ...guard, process: 'geth', pid: 99 }) }).id).toBe('kill.stranger');
    expect(verdict({ ...anyPid, kernel: kernel({ ...guard, process: 'mysqld', pid: 99 }) }).id).toBe('kill.stranger');
  });

  test('is likely where nobody noted the process id of a geth', () => {
    expect(verdict({ ...anyPid, kernel: kernel({ ...guard, process: 'geth', pid: 99 }) })).toMatchObject({
      ...{ id: 'oom.userspace', confidence: 'likely' },
    });
  });

  test('that killed long before the end is not the cause of it', () => {
    expect(verdict({ kernel: kernel({ ...guard, at: END - 900_000, process: 'geth', pid: PID }) }).id).toBe('kill.stranger');
  });
});

describe('several causes at once', () => {
  test('are ranked, what is proved before what is only fitting', () => {
    const { verdict: first, also } = judgeCase(killed({ kernel: kernel(oomKill()), signed: [said('panic'), said('disk-full')] }));
    expect(first.id).toBe('oom.limit');
    expect(also.map(({ id }) => id)).toEqual(['disk.full', 'crash.panic']);
  });

  test('a full disk comes before the crash that it makes', () => {
    const full = makeCase({
      container: { exitCode: 2 },
      host: { diskFree: 0 },
      signed: [said('signal', 'SIGBUS: bus error'), said('disk-full')],
    });
    expect(judgeCase(full).verdict.id).toBe('disk.full');
  });

  test('an old complaint in its log is not why it ended', () => {
    const evidence = makeCase({ signed: [said('database-corrupt', 'Missing block in the middle', START + 5000)] });
    expect(judgeCase(evidence).verdict.id).toBe('unknown');
  });
});
