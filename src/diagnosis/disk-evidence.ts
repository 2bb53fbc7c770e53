import { formatSize, MIB } from '../node/size.ts';
import type { CaseEvidence } from './evidence.ts';
import { line } from './evidence-lines.ts';
import { kernelRecords } from './kernel-kills.ts';
import { lastWords } from './log-cause.ts';
import type { SignedLine } from './signatures/signature.ts';
import type { EvidenceLine } from './verdict.ts';

/** With less a database cannot be written. */
const NOTHING_LEFT = 16 * MIB;

/** What is free on the filesystem of its volume; nothing where that cannot be told. */
export function diskLines({ host }: CaseEvidence): readonly EvidenceLine[] {
  if (host.diskFree === null) return [];
  const whole = host.diskTotal === null ? '' : ` of ${formatSize(host.diskTotal)}`;
  return [line('filesystem of its volume', `${formatSize(host.diskFree)} free${whole} now`)];
}

/** Nothing is left on the filesystem of its volume. */
export function diskIsFull({ host }: CaseEvidence): boolean {
  return host.diskFree !== null && host.diskFree < NOTHING_LEFT;
}

/** Pebble 2 (geth 1.17) panics with an error that does not print itself where it cannot begin another file: on a full disk above all. */
export function unsaidWriteFailures(evidence: CaseEvidence): readonly SignedLine[] {
  return lastWords(evidence, ['panic']).filter(({ text }) => text.includes('(*withstack.withStack)'));
}

/** The disk explains a crash: it is full, or it failed in this run. */
export function diskFailed(evidence: CaseEvidence): boolean {
  if (unsaidWriteFailures(evidence).length > 0) return true;
  if (diskIsFull(evidence) || kernelRecords(evidence, 'storage-fault').length > 0) return true;
  return lastWords(evidence, ['disk-full', 'disk-error']).length > 0;
}
