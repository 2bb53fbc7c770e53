import type { CaseEvidence } from '../diagnosis/evidence.ts';
import { gethVersionOf } from '../diagnosis/geth-version-of.ts';
import { bornAt, sinceBirth } from '../diagnosis/journal-notes.ts';
import { kernelOfRun } from '../diagnosis/kernel-of-run.ts';
import { type KnownRun, knownRuns } from '../diagnosis/known-runs.ts';
import type { Engine } from '../ports/engine.ts';
import type { JournalRecord, World } from '../ports.ts';
import { rememberEvents } from './case-events.ts';
import { seeHost } from './case-host.ts';
import { seeKernel } from './case-kernel.ts';
import type { CaseSubject } from './case-subjects.ts';
import { judgeSubject } from './judge-subject.ts';
import { withinDeadline } from './within-deadline.ts';

type Shared = Pick<CaseEvidence, 'engine' | 'events' | 'eventsSince' | 'kernel' | 'host' | 'image' | 'gethVersion' | 'judged'>;

/** Evidence that all runs of one container share. */
export interface CaseGround extends Shared {
  readonly subject: CaseSubject;
  /** When its chain was begun, an instant; what was before is another node's. 0 where nobody remembers. */
  readonly born: number;
  readonly journal: readonly JournalRecord[];
  /** Every run that is known, oldest first; the present one last. */
  readonly runs: readonly KnownRun[];
}

/** What a stop does once the container has ended is told a little later. */
const AROUND_MS = 10_000;

/** Reads everything about a container since an instant but its log, at the same time and by `deadline`; what cannot be read is said to be unseen. */
export async function groundOf(
  subject: CaseSubject,
  { since, deadline }: { readonly since: number; readonly deadline: number },
  engine: Engine,
  world: World,
): Promise<CaseGround> {
  const { container, node, spec, role } = subject;
  const all = node === null ? [] : (await world.journal()).read(node);
  const born = node === null ? container.createdAt : bornAt(all);
  const journal = sinceBirth(all);
  const asking = engine.info();
  const seeing = asking.then(({ local }) => {
    const query = { from: Math.max(born, since) - AROUND_MS, to: world.clock.now() };
    return Promise.all([seeHost(container, local, world), seeKernel(container.id, query, { local, journal }, deadline, world)]);
  });
  const [info, [host, kernel], remembered, found, judged] = await Promise.all([
    asking,
    seeing,
    rememberEvents([container.name], journal, deadline, engine, world.clock),
    withinDeadline(engine.image(container.imageId), deadline, world.clock).catch(() => 'late' as const),
    judgeSubject(subject, deadline, engine, world),
  ]);
  const { local, architecture, cgroupVersion, serverVersion } = info;
  const events = remembered.events.filter(({ time }) => time >= born);
  const image = found === 'late' ? null : (found.value ?? null);
  const answersAs = judged?.said?.clientVersion;
  return {
    ...{ subject, born, journal, host, kernel, image, judged },
    runs: knownRuns(container, events, journal),
    engine: { architecture, cgroupVersion, serverVersion, local },
    events,
    eventsSince: remembered.since,
    gethVersion: role === 'execution' ? gethVersionOf({ answersAs, spec, image, imageRef: container.imageRef }) : null,
  };
}

/** The evidence of one run: what all share, and what was read of it alone. */
export function evidenceOf(
  { subject, born: _, runs, events, host, kernel, ...shared }: CaseGround,
  known: KnownRun,
  read: Pick<CaseEvidence, 'signed' | 'lastLines' | 'counters'>,
  now: number,
): CaseEvidence {
  const { containerId, run, present } = known;
  const until = run.endedAt === null ? now : run.endedAt + AROUND_MS;
  return {
    ...shared,
    ...{ now, present, run, host },
    kernel: 'blind' in kernel ? kernel : { seen: { ...kernel.seen, records: kernelOfRun(kernel.seen.records, known, runs) } },
    ...read,
    ...{ node: subject.node, role: subject.role, spec: subject.spec },
    container: present ? subject.container : { ...subject.container, id: containerId },
    events: events.filter((event) => event.containerId === containerId && event.time >= run.startedAt - AROUND_MS && event.time <= until),
  };
}
