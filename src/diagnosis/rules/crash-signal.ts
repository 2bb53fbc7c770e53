import { commandsFor, programOf } from '../commands.ts';
import { diskFailed } from '../disk-evidence.ts';
import { endEvents } from '../end-events.ts';
import { eventLine, exitLine, kernelLines } from '../evidence-lines.ts';
import { kernelRecords, kernelSource } from '../kernel-kills.ts';
import type { Rule } from '../rule.ts';
import { endOf } from '../run-phase.ts';

/** 128 and the number of a signal that a fault raises. */
const SIGNALS: Readonly<Record<number, { readonly name: string; readonly means: string }>> = {
  129: { name: 'SIGHUP', means: 'its terminal or session ended' },
  131: { name: 'SIGQUIT', means: 'it was told to show where it is and end' },
  132: { name: 'SIGILL', means: 'it met an instruction that this processor does not have: a build for another one' },
  133: { name: 'SIGTRAP', means: 'it met a trap of a debugger' },
  134: { name: 'SIGABRT', means: 'it gave itself up' },
  135: { name: 'SIGBUS', means: 'a mapped file could not be read or written: a full disk, or one that fails' },
  136: { name: 'SIGFPE', means: 'it divided by nothing' },
  139: { name: 'SIGSEGV', means: 'it reached for memory that is not its own: a fault of the program, or bad memory' },
  159: { name: 'SIGSYS', means: 'a security profile forbids a call that it makes' },
};

export const crashSignal: Rule = {
  id: 'crash.signal',
  code: 23,
  finds: 'a signal ended it that a fault raises (134, 135, 139 …)',
  judge(evidence) {
    const end = endOf(evidence);
    const signal = SIGNALS[end?.code ?? 0];
    if (end === undefined || signal === undefined) return undefined;
    const faults = kernelRecords(evidence, 'fault').filter(({ pid, process }) =>
      evidence.run.pid === null ? process === 'geth' : pid === evidence.run.pid,
    );
    const sent = endEvents(evidence).signals.findLast(({ signal: number }) => number === (end.code ?? 0) - 128)?.event;
    const by = sent === undefined ? '' : '; somebody sent it through the engine';
    return {
      confidence: faults.length > 0 || sent !== undefined ? 'certain' : diskFailed(evidence) ? 'possible' : 'likely',
      meaning: `${programOf(evidence)} was ended by ${signal.name}: ${signal.means}${by}.`,
      supports: [
        exitLine(evidence),
        ...faults.slice(-1).flatMap((fault) => kernelLines(fault, kernelSource(evidence))),
        ...(sent === undefined ? [] : [eventLine(sent)]),
      ],
      doubts: [],
      remedies: [
        {
          text: 'Start it again; if it comes back, try another version of its image, then the memory of the machine.',
          commands: [commandsFor(evidence).start, commandsFor(evidence).logs],
        },
      ],
    };
  },
};
