import { programOf } from '../commands.ts';
import { exitLine, kernelLines, logLine } from '../evidence-lines.ts';
import { kernelRecords, kernelSource } from '../kernel-kills.ts';
import { lastWords } from '../log-cause.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';

/** A fault of the disk ends a program soon, or not at all. */
const BEFORE_MS = 10 * 60_000;

export const diskFault: Rule = {
  id: 'disk.fault',
  code: 25,
  finds: 'the disk below its database failed, or its filesystem became read-only',
  judge(evidence) {
    const end = endOf(evidence);
    if (end === undefined || end.code === 0 || end.code === 137) return undefined;
    const faults = kernelRecords(evidence, 'storage-fault').filter(({ at }) => at >= end.at - BEFORE_MS);
    const said = lastWords(evidence, ['disk-error']);
    if (faults.length === 0 && said.length === 0) return undefined;
    return {
      confidence: faults.length > 0 && said.length > 0 ? 'certain' : said.length > 0 ? 'likely' : 'possible',
      meaning: `The disk failed under ${programOf(evidence)}: what it wrote last may be lost, and the disk may be at its end.`,
      supports: [
        ...faults.slice(-2).flatMap((fault) => kernelLines(fault, kernelSource(evidence))),
        ...said.slice(0, 2).map((words) => logLine(words, evidence.role)),
        exitLine(evidence),
      ],
      doubts: [],
      remedies: [
        {
          text: 'See what the kernel says of the disk, and move the volume to another one before it is started again.',
          commands: ['dmesg --level=err,warn', 'nodectl doctor'],
        },
      ],
    };
  },
};
