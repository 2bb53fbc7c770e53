import { GIB, MIB } from '../../../src/node/size.ts';
import { CLOSED, died, END, ID, kernel, makeCase, makeEvent, NO_KERNEL, oomKill, PID } from '../case-factory.ts';
import type { CauseRow } from './cause.ts';

const V2 = { architecture: 'amd64', cgroupVersion: 2, serverVersion: '26.1.5', local: true } as const;
const killed = { exitCode: 137 } as const;
const flagged = { exitCode: 137, oomKilled: true } as const;
const oom = makeEvent('oom', END - 30);
const parent = `/h3parent/${ID}`;
const unlimited = { memory: 0, memorySwap: 0, nanoCpus: 0, pids: 512 };
const alive = { exitCode: 0 } as const;

/** What is left of a kill because the host, or a group above the container, had no memory. */
export const HOST_MEMORY_KILLS: readonly CauseRow[] = [
  [
    'host without memory, v1: the engine does not know',
    'oom.host',
    21,
    'certain',
    makeCase({ container: killed, kernel: kernel(oomKill({ scope: 'host', limitCgroup: null })), events: [died(137)] }),
  ],
  [
    'host without memory, v2: the engine knows',
    'oom.host',
    21,
    'certain',
    makeCase({ container: flagged, engine: V2, kernel: kernel(oomKill({ scope: 'host', limitCgroup: null })), events: [oom, died(137)] }),
  ],
  [
    'host without memory, kernel before 5.0, pid known',
    'oom.host',
    21,
    'certain',
    makeCase({ container: killed, kernel: kernel(oomKill({ scope: 'host', limitCgroup: null, victimCgroup: '' })) }),
  ],
  [
    'host without memory, kernel before 5.0, pid not known',
    'oom.host',
    21,
    'likely',
    makeCase({ container: killed, run: { pid: null }, kernel: kernel(oomKill({ scope: 'host', limitCgroup: null, victimCgroup: '' })) }),
  ],
  [
    'host without memory, v2, no limit of its own, kernel log closed',
    'oom.host',
    21,
    'likely',
    makeCase({ container: { ...flagged, limits: unlimited }, engine: V2, kernel: NO_KERNEL, events: [oom, died(137)] }),
  ],
  [
    'host without memory, v1, kernel log closed, next to nothing left at the last look',
    'oom.host',
    21,
    'possible',
    makeCase({
      ...{ container: killed, kernel: NO_KERNEL, host: { oomKills: 3 }, events: [died(137)] },
      journal: [{ time: END - 40_000, kind: 'use', data: { id: ID, memory: GIB, available: 90 * MIB, swapFree: 0 } }],
    }),
  ],
  [
    'group above it, v1',
    'oom.parent',
    21,
    'certain',
    makeCase({ container: flagged, kernel: kernel(oomKill({ limitCgroup: '/h3parent', victimCgroup: parent })), events: [oom, died(137)] }),
  ],
  [
    'group above it, v1, no limit of its own, kernel log closed',
    'oom.parent',
    21,
    'likely',
    makeCase({ container: { ...flagged, limits: unlimited }, kernel: NO_KERNEL, events: [oom, died(137)] }),
  ],
  [
    'systemd-oomd',
    'oom.userspace',
    21,
    'certain',
    makeCase({
      container: killed,
      kernel: kernel({
        kind: 'userspace-kill',
        at: END - 100,
        by: 'systemd-oomd',
        victimCgroup: `/system.slice/docker-${ID}.scope`,
        process: null,
        pid: null,
        signal: 9,
        lines: ['Killed …'],
      }),
    }),
  ],
  [
    'earlyoom, which asked first',
    'oom.userspace',
    21,
    'certain',
    makeCase({
      container: alive,
      ...CLOSED,
      kernel: kernel({
        kind: 'userspace-kill',
        at: END - 1000,
        by: 'earlyoom',
        victimCgroup: null,
        process: 'geth',
        pid: PID,
        signal: 15,
        lines: ['sending SIGTERM …'],
      }),
    }),
  ],
];
