import { caseFiles, entry, folderFor } from '../diagnosis/bundle/case-files.ts';
import { byteLength } from '../diagnosis/bundle/fit-text.ts';
import { knownSecrets } from '../diagnosis/bundle/known-secrets.ts';
import { type BundleEntry, type Manifest, MOST_BYTES, NOTICE } from '../diagnosis/bundle/manifest.ts';
import { redactValue } from '../diagnosis/bundle/redact-value.ts';
import { type BundlePolicy, createRedactor, type Redactor } from '../diagnosis/bundle/redactor.ts';
import type { CaseEvidence } from '../diagnosis/evidence.ts';
import { NodectlError } from '../errors.ts';
import type { ProfileFiles, World } from '../ports.ts';
import { VERSION } from '../version.ts';
import { readBundleLog } from './read-bundle-log.ts';

export interface BundleRequest {
  /** A file that does not exist yet; `-` is standard output. */
  readonly path: string;
  readonly policy: BundlePolicy;
}

/** What a bundle is made of. */
export interface BundleSubject {
  /** The diagnosis as it is told. */
  readonly report: unknown;
  readonly cases: readonly { readonly evidence: CaseEvidence }[];
}

/** What was written. Sizes in bytes. */
export interface BundleReport {
  readonly path: string;
  readonly bytes: number;
  readonly policy: BundlePolicy;
  readonly files: Manifest['files'];
  readonly missing: Manifest['missing'];
}

/** Room that is kept for the manifest and for what is not a log. */
const FOR_MANIFEST = 256 * 1024;

/** Refuses a place where no bundle can be written, before anything is gathered: USAGE, HOST_REFUSED. */
export async function refuseBundle({ path }: BundleRequest, world: World): Promise<void> {
  (await world.bundles()).refuse(path);
}

/** Writes what was read for a diagnosis, and the ends of the logs, as a support archive without secrets. See the port for its errors. */
export async function writeBundle(request: BundleRequest, subject: BundleSubject, world: World): Promise<BundleReport> {
  const [bundles, profiles] = [await world.bundles(), await world.profiles()];
  const redactor = redactorFor(request.policy, subject, profiles);
  const { entries, missing } = await gather(subject, redactor, world);
  const files = entries.map(({ text, ...told }) => ({ ...told, bytes: byteLength(text), sha256: profiles.digest(text) }));
  const madeAt = world.clock.now();
  const name = subject.cases[0]?.evidence.node ?? subject.cases[0]?.evidence.container.name ?? 'nothing';
  const manifest: Manifest = {
    ...{ format: 'nodectl-bundle', v: 1, nodectl: VERSION, madeAt, subject: name, policy: request.policy },
    ...{ files, missing, notice: NOTICE },
  };
  if (world.signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted. No bundle was written.');
  const folder = `nodectl-${folderFor(name, [])}`;
  const texts = [{ name: 'manifest.json', text: `${JSON.stringify(manifest, null, 2)}\n` }, ...entries];
  const bytes = await bundles.write(request.path, folder, texts, madeAt);
  return { path: request.path, bytes, policy: request.policy, files, missing };
}

function redactorFor(policy: BundlePolicy, { cases }: BundleSubject, profiles: ProfileFiles): Redactor {
  const salt = profiles.randomKey();
  const containers = cases.map(({ evidence }) => evidence.container);
  return createRedactor({
    policy,
    pseudonym: (kind, text) => `${kind}-${profiles.digest(`${salt} ${kind} ${text}`).slice(0, 10)}`,
    secrets: containers.flatMap(knownSecrets),
    keep: containers.flatMap(({ id, imageId }) => [id, imageId.replace(/^sha256:/, '')]),
  });
}

async function gather(
  { report, cases }: BundleSubject,
  redactor: Redactor,
  world: World,
): Promise<{ readonly entries: readonly BundleEntry[]; readonly missing: Manifest['missing'] }> {
  const diagnosis = JSON.stringify(redactValue(report, redactor), null, 2);
  const entries: BundleEntry[] = [
    entry('diagnosis.json', 'the verdicts, as `nodectl diagnose --json` tells them', diagnosis.split('\n'), redactor),
  ];
  const missing: Manifest['missing'][number][] = [];
  const folders: string[] = [];
  for (const { evidence } of cases) {
    const folder = folderFor(evidence.container.name, folders);
    folders.push(folder);
    for (const file of caseFiles(folder, evidence, redactor)) {
      if (byteLength(file.text) > room(entries)) missing.push({ what: file.name, why: 'there was no room for it' });
      else entries.push(file);
    }
  }
  const engine = await world.engine();
  const containers = [...new Map(cases.map(({ evidence }) => [evidence.container.id, evidence.container.name]))];
  for (const [index, [id, name]] of containers.entries()) {
    const what = `${folderFor(name, [])}/log.txt`;
    const log = await readBundleLog(id, Math.floor(room(entries) / (containers.length - index)), redactor, engine, world);
    if ('failure' in log) missing.push({ what, why: log.failure });
    else entries.push({ name: what, what: `the end of the log of ${redactor.text(name)}`, ...log, redacted: redactor.takeCounts() });
  }
  return { entries, missing };
}

function room(entries: readonly BundleEntry[]): number {
  return Math.max(0, MOST_BYTES - FOR_MANIFEST - entries.reduce((sum, { text }) => sum + byteLength(text), 0));
}
