import { CLOSED, died, END, kernel, makeCase, makeEvent, NO_KERNEL, oomKill, signalled, stopped } from '../case-factory.ts';
import type { CauseRow } from './cause.ts';

const V2 = { architecture: 'amd64', cgroupVersion: 2, serverVersion: '26.1.5', local: true } as const;
const killed = { exitCode: 137 } as const;
const flagged = { exitCode: 137, oomKilled: true } as const;

/** What is left of a SIGKILL by somebody, and of kills that only look like the cause. */
export const SIGNAL_KILLS: readonly CauseRow[] = [
  [
    'child killed long before an end with code 1',
    'unknown',
    39,
    'possible',
    makeCase({
      container: { exitCode: 1, oomKilled: true },
      kernel: kernel(oomKill({ pid: 9000, at: END - 600_000 })),
      events: [makeEvent('oom', END - 600_000), died(1)],
    }),
  ],
  [
    'child killed, then docker kill within a second',
    'kill.engine',
    22,
    'certain',
    makeCase({
      container: flagged,
      kernel: kernel(oomKill({ pid: 9000, at: END - 1000 })),
      events: [makeEvent('oom', END - 1000), signalled(9, END - 10), died(137)],
    }),
  ],
  [
    'the same, pid never noted',
    'kill.engine',
    22,
    'certain',
    makeCase({
      container: flagged,
      run: { pid: null },
      kernel: kernel(oomKill({ pid: 9000, at: END - 1000 })),
      events: [makeEvent('oom', END - 1000), signalled(9, END - 10), died(137)],
    }),
  ],
  [
    'exec killed, then a clean stop',
    'end.asked',
    0,
    'certain',
    makeCase({
      container: { exitCode: 0, oomKilled: true },
      ...CLOSED,
      kernel: kernel(oomKill({ pid: 9000, at: END - 60_000 })),
      events: [
        makeEvent('oom', END - 60_000),
        makeEvent('exec_die', END - 60_000, { exitCode: 137 }),
        signalled(15, END - 700),
        died(0),
        stopped(),
      ],
    }),
  ],
  ['docker kill', 'kill.engine', 22, 'certain', makeCase({ container: killed, events: [signalled(9, END - 10), died(137)] })],
  [
    'docker stop, SIGTERM ignored',
    'kill.stop-timeout',
    22,
    'certain',
    makeCase({ container: killed, events: [signalled(15, END - 2010), signalled(9, END - 10), died(137), stopped()] }),
  ],
  [
    'the same on an engine that tells the stop before the end',
    'kill.stop-timeout',
    22,
    'certain',
    makeCase({ container: killed, engine: V2, events: [signalled(15, END - 2010), signalled(9, END - 10), stopped(END - 5), died(137)] }),
  ],
  [
    'a stop of no time at all',
    'kill.stop-timeout',
    22,
    'certain',
    makeCase({ container: killed, events: [signalled(15, END - 20), signalled(9, END - 10), died(137), stopped()] }),
  ],
  [
    'frozen by OomKillDisable, then stopped',
    'kill.stop-timeout',
    22,
    'certain',
    makeCase({
      container: flagged,
      events: [makeEvent('oom', END - 900_000), signalled(15, END - 10_010), signalled(9, END - 10), died(137), stopped()],
    }),
  ],
  ['kill -9 from the host', 'kill.stranger', 22, 'likely', makeCase({ container: killed, events: [died(137)] })],
  [
    'kill -9 from the host, kernel log closed, others killed since the boot',
    'kill.stranger',
    22,
    'possible',
    makeCase({ container: killed, kernel: NO_KERNEL, host: { oomKills: 3 }, events: [died(137)] }),
  ],
  [
    'kill -9 from the host, kernel log closed',
    'kill.stranger',
    22,
    'possible',
    makeCase({ container: killed, kernel: NO_KERNEL, events: [died(137)] }),
  ],
  [
    'stop before it listened to signals',
    'kill.early',
    22,
    'certain',
    makeCase({ container: { exitCode: 2 }, events: [signalled(15, END - 100), died(2), stopped()] }),
  ],
];
