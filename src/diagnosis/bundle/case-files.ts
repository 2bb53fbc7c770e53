import type { CaseEvidence } from '../evidence.ts';
import { lastLines } from './fit-text.ts';
import { shownSettings, shownVariables } from './known-secrets.ts';
import type { BundleEntry } from './manifest.ts';
import { redactValue } from './redact-value.ts';
import type { Redactor } from './redactor.ts';

/** Of one file that is not a log. */
const MOST_OF_FILE = 2 * 1024 * 1024;

/** What was read of one run of one container, as files below `folder`; its log is not among them. */
export function caseFiles(folder: string, evidence: CaseEvidence, redactor: Redactor): readonly BundleEntry[] {
  const { container, kernel } = evidence;
  const document = (name: string, what: string, value: unknown) =>
    entry(`${folder}/${name}.json`, what, JSON.stringify(redactValue(value, redactor), null, 2).split('\n'), redactor);
  const records = (name: string, what: string, values: readonly unknown[]) =>
    entry(
      `${folder}/${name}.ndjson`,
      what,
      values.map((value) => JSON.stringify(redactValue(value, redactor))),
      redactor,
    );
  const { now, node, role, present, run, gethVersion, engine, image, spec } = evidence;
  const shownImage = image && { ...image, env: shownVariables(image.env) };
  const seen = 'seen' in kernel ? { since: kernel.seen.since, source: kernel.seen.source } : { blind: kernel.blind };
  return [
    document('container', 'the container as the engine holds it, the run that was judged, its image and the engine', {
      ...{ now, node, role, present, run, gethVersion, engine },
      image: shownImage,
      container: { ...container, ...shownSettings(container) },
    }),
    document('node', 'what the node was asked to be, and how it answers', { spec, judged: evidence.judged }),
    document('host', 'memory, disk and counters of the host and of the cgroup', {
      ...{ host: evidence.host, counters: evidence.counters, kernel: seen },
      eventsSince: evidence.eventsSince,
    }),
    records('events', 'what the engine told of the container', evidence.events),
    records('kernel', "what the kernel's log tells of the time of the run", 'seen' in kernel ? kernel.seen.records : []),
    records('signatures', 'lines of the log that were recognised', evidence.signed),
    records('journal', "the node's evidence journal", evidence.journal),
  ];
}

/** A file of the last lines that have room, with what was left out of it. */
export function entry(name: string, what: string, lines: readonly string[], redactor: Redactor, most = MOST_OF_FILE): BundleEntry {
  return { name, what, ...lastLines(lines, most), redacted: redactor.takeCounts() };
}

/** A folder's name for a container: one word, whatever the engine calls it. */
export function folderFor(container: string, taken: readonly string[]): string {
  const word =
    container
      .replace(/[^\w.-]/g, '_')
      .replace(/^\.+/, '_')
      .slice(0, 60) || 'container';
  let name = word;
  for (let number = 2; taken.includes(name); number++) name = `${word}-run-${number}`;
  return name;
}
