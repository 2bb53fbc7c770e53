import type { CaseEvidence } from '../diagnosis/evidence.ts';
import { deathRecord, eventRecord, type NotedDeath, notedDeaths, notedEvents } from '../diagnosis/journal-notes.ts';
import { kernelRecords } from '../diagnosis/kernel-notes.ts';
import { isSameEnd } from '../diagnosis/known-runs.ts';
import { CONFIDENCES, type Confidence, type Verdict } from '../diagnosis/verdict.ts';
import type { Journal } from '../ports.ts';

/** What the engine tells of an end, and forgets. */
const TELLING = /^(?:start|oom|kill|die|stop)$/;

/** The engine tells of a start a moment after it noted it. */
const EARLY_MS = 2_000;

/** Keeps what is known of the end of a run, once: its verdict, the engine's events and the kernel's words. Of one that goes on, nothing. */
export function noteEnd(
  node: string,
  { evidence, verdict }: { readonly evidence: CaseEvidence; readonly verdict: Verdict },
  journal: Journal,
): void {
  const { container, run } = evidence;
  if (run.endedAt === null || run.startedAt === 0) return;
  // What was judged without much evidence is judged again, now that there is more.
  const better = (noted: NotedDeath) => sureness(verdict.confidence) < sureness(noted.confidence);
  if (notedDeaths(evidence.journal).some((noted) => isSameEnd(noted, { containerId: container.id, run }) && !better(noted))) return;
  const { id, code, confidence, meaning } = verdict;
  const whose = { containerId: container.id, containerName: container.name };
  journal.append(node, deathRecord({ ...whose, run, verdict: id, code, confidence, meaning }));
  for (const record of kernelRecords(evidence)) journal.append(node, record);
  const known = new Set(notedEvents(evidence.journal).map(({ action, time }) => `${action} ${time}`));
  for (const event of evidence.events) {
    const isNew = !known.has(`${event.action} ${event.time}`);
    if (isNew && TELLING.test(event.action) && event.time >= run.startedAt - EARLY_MS) journal.append(node, eventRecord(event));
  }
}

function sureness(confidence: Confidence): number {
  return CONFIDENCES.indexOf(confidence);
}
