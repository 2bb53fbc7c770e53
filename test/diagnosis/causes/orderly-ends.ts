import { CLOSED, died, END, ID, makeCase, START, signalled, stopped } from '../case-factory.ts';
import type { CauseRow } from './cause.ts';

const killed = { exitCode: 137 } as const;
const alive = { exitCode: 0 } as const;
const boot = { bootedAt: END + 90_000, engineStartedAt: END + 100_000 };

/** Ends that were asked for, and those that came with the engine or the host. */
export const ORDERLY_ENDS: readonly CauseRow[] = [
  [
    'docker stop',
    'end.asked',
    0,
    'certain',
    makeCase({ container: alive, ...CLOSED, events: [signalled(15, END - 600), died(0), stopped()] }),
  ],
  [
    'docker kill -s TERM',
    'end.asked',
    0,
    'certain',
    makeCase({ container: alive, ...CLOSED, events: [signalled(15, END - 600), died(0)] }),
  ],
  [
    'a stop by the guard',
    'disk.limit',
    25,
    'certain',
    makeCase({
      container: alive,
      ...CLOSED,
      events: [signalled(15, END - 600), died(0), stopped()],
      journal: [{ time: END, kind: 'stop', data: { clean: true, exitCode: 0, reason: 'storage-limit', id: ID, startedAt: START } }],
    }),
  ],
  [
    'a stop after a run that the guard stopped',
    'end.asked',
    0,
    'certain',
    makeCase({
      container: alive,
      ...CLOSED,
      events: [signalled(15, END - 600), died(0), stopped()],
      journal: [
        { time: START - 9, kind: 'stop', data: { clean: true, exitCode: 0, reason: 'storage-limit', id: ID, startedAt: START - 99 } },
      ],
    }),
  ],
  ['a stop that nobody remembers', 'end.asked', 0, 'possible', makeCase({ container: alive, ...CLOSED, eventsSince: null })],
  ['SIGTERM from the host', 'end.unexpected', 30, 'certain', makeCase({ container: alive, ...CLOSED, events: [died(0)] })],
  [
    'SIGTERM without a handler, below an init',
    'end.unexpected',
    30,
    'certain',
    makeCase({ container: { exitCode: 143 }, events: [died(143)] }),
  ],
  [
    'power loss',
    'end.engine',
    31,
    'certain',
    makeCase({
      container: { exitCode: 255, finishedAt: START + 7_200_000 },
      host: { bootedAt: START + 7_170_000, engineStartedAt: START + 7_195_000 },
      now: START + 7_300_000,
      eventsSince: START + 7_195_000,
    }),
  ],
  [
    'engine killed',
    'end.engine',
    31,
    'certain',
    makeCase({ container: { exitCode: 255 }, host: { engineStartedAt: END - 2000 }, eventsSince: END }),
  ],
  [
    'engine killed, and the container started again by the next one',
    'end.engine',
    31,
    'likely',
    makeCase({
      container: alive,
      ...{ present: false, run: { startedAt: START, endedAt: END, exitCode: null, oomKilled: null, pid: null } },
      ...{ host: { engineStartedAt: END - 2000 }, eventsSince: END },
    }),
  ],
  [
    'code 255 on the host of somebody else',
    'end.engine',
    31,
    'likely',
    makeCase({ container: { exitCode: 255 }, host: { bootedAt: null, engineStartedAt: null }, eventsSince: null }),
  ],
  [
    'reboot in good order',
    'end.engine',
    31,
    'likely',
    makeCase({ now: END + 300_000, container: alive, ...CLOSED, host: boot, eventsSince: END + 100_000 }),
  ],
  [
    'engine restart, clean',
    'end.engine',
    31,
    'likely',
    makeCase({ container: alive, ...CLOSED, host: { engineStartedAt: END + 1500 }, eventsSince: END + 1500 }),
  ],
  [
    'engine restart, not in time',
    'end.engine',
    31,
    'likely',
    makeCase({ container: killed, host: { engineStartedAt: END + 1500 }, eventsSince: END + 1500 }),
  ],
];
