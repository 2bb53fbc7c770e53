import { died, END, ID, kernel, makeCase, makeEvent, NO_KERNEL, OTHER_ID, oomKill, START, signalled, stopped } from '../case-factory.ts';
import type { CauseRow } from './cause.ts';

const V2 = { architecture: 'amd64', cgroupVersion: 2, serverVersion: '26.1.5', local: true } as const;
const flagged = { exitCode: 137, oomKilled: true } as const;
const oom = makeEvent('oom', END - 30);
const failed = (error: string, exitCode = 128) => ({ state: 'created', startedAt: 0, finishedAt: 0, exitCode, error }) as const;

/** What the kernel leaves of a kill at the container's own limit, on cgroup v1 with engine 20.10 and v2 with 20.10 and 26.1. */
export const MEMORY_KILLS: readonly CauseRow[] = [
  ['own limit, v1', 'oom.limit', 20, 'certain', makeCase({ container: flagged, kernel: kernel(oomKill()), events: [oom, died(137)] })],
  [
    'own limit, v2 by systemd',
    'oom.limit',
    20,
    'certain',
    makeCase({
      ...{ container: flagged, engine: V2, events: [oom, died(137)] },
      kernel: kernel(oomKill({ limitCgroup: `/system.slice/docker-${ID}.scope`, victimCgroup: `/system.slice/docker-${ID}.scope` })),
    }),
  ],
  [
    'own limit, podman: limit on the scope, process in a group below',
    'oom.limit',
    20,
    'certain',
    makeCase({
      container: flagged,
      kernel: kernel(
        oomKill({ limitCgroup: `/machine.slice/libpod-${ID}.scope`, victimCgroup: `/machine.slice/libpod-${ID}.scope/container` }),
      ),
    }),
  ],
  [
    'own limit, pid never noted',
    'oom.limit',
    20,
    'certain',
    makeCase({ container: flagged, run: { pid: null }, kernel: kernel(oomKill()) }),
  ],
  [
    'own limit, below an init of the container',
    'oom.limit',
    20,
    'certain',
    makeCase({ container: flagged, kernel: kernel(oomKill({ pid: 9000 })) }),
  ],
  [
    'own limit while it was being stopped',
    'oom.limit',
    20,
    'certain',
    makeCase({ container: flagged, kernel: kernel(oomKill()), events: [signalled(15, END - 5000), oom, died(137), stopped()] }),
  ],
  [
    'own limit, an earlier run of which only the journal tells',
    'oom.limit',
    20,
    'certain',
    makeCase({
      present: false,
      run: { endedAt: END, exitCode: 137, oomKilled: null, startedAt: START },
      kernel: kernel(oomKill()),
      container: { state: 'running', startedAt: END + 5000, finishedAt: END },
    }),
  ],
  [
    'own limit, kernel log closed, engine told it',
    'oom.limit',
    20,
    'likely',
    makeCase({ container: flagged, kernel: NO_KERNEL, events: [oom, died(137)] }),
  ],
  [
    'own limit, kernel log wrapped, engine told it',
    'oom.limit',
    20,
    'likely',
    makeCase({ container: flagged, kernel: { seen: { records: [], since: END + 5000, source: '/dev/kmsg' } }, events: [oom, died(137)] }),
  ],
  ['own limit, the flag alone', 'oom.limit', 20, 'possible', makeCase({ container: flagged, kernel: NO_KERNEL, eventsSince: null })],
  [
    'own limit too small to begin',
    'oom.limit',
    20,
    'certain',
    makeCase({ container: failed('OCI runtime create failed: container init was OOM-killed (memory limit too low?): unknown') }),
  ],
  [
    'child killed, wrapper ended of it',
    'oom.child',
    20,
    'likely',
    makeCase({ container: { exitCode: 1, oomKilled: true }, kernel: kernel(oomKill({ pid: 9000 })), events: [oom, died(1)] }),
  ],
  [
    'a neighbour killed, this one killed by somebody later (v1 flags it)',
    'oom.limit',
    20,
    'possible',
    makeCase({
      container: flagged,
      kernel: kernel(oomKill({ victimCgroup: `/h3parent/${OTHER_ID}`, limitCgroup: '/h3parent', pid: 77 })),
      events: [died(137)],
    }),
  ],
];
