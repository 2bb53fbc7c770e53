import { NodectlError } from '../errors.ts';
import type { HostStep } from '../host/host-step.ts';
import { throughSudo } from '../host/shell-word.ts';
import type { HostChanges } from '../ports/host-changes.ts';
import type { World } from '../ports.ts';

/** A step as a report tells it. */
export interface ToldStep {
  readonly id: string;
  readonly cause: string;
  readonly command: string;
  readonly undo: string | null;
}

export function toldSteps(steps: readonly HostStep[]): readonly ToldStep[] {
  return steps.map(({ id, cause, command, undo }) => ({ id, cause, command, undo }));
}

/** PERMISSION for whoever is not root, with the commands that do the same by hand; nothing has been done then. */
export function refuseWithoutRoot(uid: number, command: string, steps: readonly ToldStep[]): void {
  if (uid === 0) return;
  const byHand = steps.map((step) => `  ${throughSudo(step.command)}`).join('\n');
  throw new NodectlError('PERMISSION', 'Only root may change this machine. Nothing was changed.', {
    hint: `Run \`sudo ${command}\`, or these commands yourself:\n${byHand}`,
  });
}

/** Tells the steps and asks for a yes. CONFIRMATION_REQUIRED without a terminal; a no is INTERRUPTED. */
export async function agreeToSteps(steps: readonly ToldStep[], question: string, yes: boolean, { console }: World): Promise<void> {
  console.notice(['nodectl does what these commands do:', ...steps.map(({ command, cause }) => `  ${command}    (${cause})`)].join('\n'));
  if (yes || (await console.confirm(question, '--yes'))) return;
  throw new NodectlError('INTERRUPTED', 'Nothing was changed.', { hint: '' });
}

const PATIENCE_MS = 120_000;
const POLL_MS = 200;

/** Runs an act while no other nodectl changes this machine; waits two minutes for another one, then HOST_REFUSED. */
export async function alone<T>(changes: HostChanges, { clock, console, signal }: World, act: () => Promise<T>): Promise<T> {
  const deadline = clock.now() + PATIENCE_MS;
  let release = await changes.lock();
  if (release === undefined) console.notice('Another nodectl changes this machine: waiting until it is done.');
  while (release === undefined) {
    if (signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted. Nothing was changed.');
    if (clock.now() > deadline) {
      throw new NodectlError('HOST_REFUSED', 'Another nodectl has been changing this machine for two minutes. Nothing was changed.', {
        hint: 'Run the same command again when it is done.',
      });
    }
    await clock.sleep(POLL_MS, signal);
    release = await changes.lock();
  }
  try {
    return await act();
  } finally {
    release();
  }
}
