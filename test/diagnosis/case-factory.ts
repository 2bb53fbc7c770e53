import type { CaseEvidence, HostEvidence, Run } from '../../src/diagnosis/evidence.ts';
import type { KernelRecord, OomKill } from '../../src/diagnosis/kernel/kernel-record.ts';
import type { SignatureKind, SignedLine } from '../../src/diagnosis/signatures/signature.ts';
import type { JudgedNode } from '../../src/node/judge-node.ts';
import { GIB } from '../../src/node/size.ts';
import type { ObservedContainer } from '../../src/ports/containers.ts';
import type { EngineEvent } from '../../src/ports/engine-events.ts';
import { makeContainer, makeDesired, makeSpec, NOW } from '../node/make-node.ts';

/** Evidence of one run, right by itself; a test overrides what matters. Times are instants, and the run ended a minute ago after an hour. */

export const ID = '4f0c'.repeat(16);
export const OTHER_ID = 'beef'.repeat(16);
export const END = NOW - 60_000;
export const START = END - 3_600_000;
export const PID = 4242;

export interface CaseChange extends Partial<Omit<CaseEvidence, 'container' | 'run' | 'host'>> {
  readonly container?: Partial<ObservedContainer>;
  readonly run?: Partial<Run>;
  readonly host?: Partial<HostEvidence>;
}

const HOST: HostEvidence = {
  memory: { total: 8 * GIB, available: 4 * GIB, swapTotal: 0, swapFree: 0 },
  bootedAt: START - 24 * 3_600_000,
  engineStartedAt: START - 24 * 3_600_000 + 20_000,
  oomKills: 0,
  diskFree: 50 * GIB,
  diskTotal: 80 * GIB,
  swappiness: 60,
};

/** A dev node of nodectl on cgroup v1 that ended with exit code 1 and of which everything else could be read, and says nothing. */
export function makeCase(change: CaseChange = {}): CaseEvidence {
  const { container, run, host, ...rest } = change;
  const observed = makeContainer(makeDesired().container, {
    ...{ id: ID, state: 'exited', exitCode: 1, pid: 0, createdAt: START - 1000, startedAt: START, finishedAt: END },
    ...container,
  });
  const { state, exitCode, oomKilled, startedAt, finishedAt } = observed;
  const alive = state === 'running' || state === 'paused';
  return {
    now: NOW,
    node: 'dev',
    role: 'execution',
    container: observed,
    present: true,
    run: {
      ...{ startedAt, pid: startedAt === 0 ? null : PID, oomKilled },
      ...{ endedAt: alive || startedAt === 0 ? null : finishedAt, exitCode: alive ? null : exitCode },
      ...run,
    },
    spec: makeSpec(),
    gethVersion: '1.17.8',
    image: null,
    engine: { architecture: 'amd64', cgroupVersion: 1, serverVersion: '20.10.24', local: true },
    events: alive || startedAt === 0 ? [] : [died(exitCode, finishedAt)],
    eventsSince: START - 3_600_000,
    kernel: { seen: { records: [], since: START - 3_600_000, source: '/dev/kmsg' } },
    counters: null,
    host: { ...HOST, ...host },
    signed: [],
    lastLines: [],
    judged: null,
    journal: [],
    ...rest,
  };
}

/** The same of a container that somebody made with `docker run`. */
export function makeForeign(change: CaseChange = {}): CaseEvidence {
  return makeCase({
    node: null,
    spec: null,
    ...change,
    container: { name: 'geth_container', labels: {}, args: [], env: {}, ...change.container },
  });
}

/** One that runs, and answers as `judged` says. */
export function makeRunning(judged: Partial<JudgedNode> | null, change: CaseChange = {}): CaseEvidence {
  const well: JudgedNode = {
    sync: { state: 'at-head', indexing: 0 },
    consensus: undefined,
    healthy: true,
    said: undefined,
    asksLog: false,
  };
  const container = { state: 'running', exitCode: 0, finishedAt: 0, pid: PID, ...change.container } as const;
  return makeCase({ judged: judged === null ? null : { ...well, ...judged }, ...change, container });
}

export function makeEvent(action: string, time: number, over: Partial<EngineEvent> = {}): EngineEvent {
  return { time, action, containerId: ID, containerName: 'nodectl-dev', labels: {}, attributes: {}, ...over };
}

export const signalled = (signal: number, time: number) => makeEvent('kill', time, { signal });
export const died = (exitCode: number, time = END) => makeEvent('die', time, { exitCode });
export const stopped = (time = END + 20) => makeEvent('stop', time);

/** A line that a signature of this kind recognised, a moment before the end. */
export function said(kind: SignatureKind, text = `a line of ${kind}`, at = END - 500): SignedLine {
  return { signature: `test.${kind}`, kind, meaning: `It said so (${kind}).`, at, text };
}

export function oomKill(over: Partial<OomKill> = {}): OomKill {
  const cgroup = `/docker/${ID}`;
  return {
    ...{ kind: 'oom-kill', at: END - 30, scope: 'limit', limitCgroup: cgroup, victimCgroup: cgroup, process: 'geth', pid: PID },
    ...{ anonBytes: GIB, limitBytes: GIB, swapLimitBytes: 0 },
    lines: [`oom-kill:constraint=CONSTRAINT_MEMCG,oom_memcg=${cgroup},task_memcg=${cgroup},task=geth,pid=${PID},uid=1000`],
    ...over,
  };
}

/** What the kernel's log had, read from before the run. */
export function kernel(...records: readonly KernelRecord[]): CaseEvidence['kernel'] {
  return { seen: { records, since: START - 3_600_000, source: '/dev/kmsg' } };
}

export const NO_KERNEL: CaseEvidence['kernel'] = { blind: 'Operation not permitted' };

/** What geth writes when it closes in good order. */
export const CLOSED = {
  signed: [said('interrupted'), said('clean-end')],
  lastLines: [{ at: END - 500, text: 'INFO [11-21|20:13:14.725] Blockchain stopped' }],
};
