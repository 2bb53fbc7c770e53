import type { Remedy } from '../finding.ts';
import { commandsFor } from './commands.ts';
import type { CaseEvidence } from './evidence.ts';

/** Starts it again; the one thing to do where the cause is over. */
export function startAgain(evidence: CaseEvidence): Remedy {
  return { text: 'Start it again.', commands: [commandsFor(evidence).start] };
}

/** Reads the kernel's log, which this user may not; nothing where it was read, or is another machine's. */
export function readAsRoot(evidence: CaseEvidence): readonly Remedy[] {
  if ('seen' in evidence.kernel || !evidence.engine.local) return [];
  const subject = evidence.node ?? `--container ${evidence.container.name}`;
  return [{ text: 'The kernel log would tell more: diagnose as root.', commands: [`sudo nodectl diagnose ${subject}`] }];
}
