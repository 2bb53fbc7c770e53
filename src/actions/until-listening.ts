import { listensToSignals } from '../node/signal-readiness.ts';
import { readSpec } from '../node/spec.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Clock } from '../ports.ts';

const POLL_MS = 100;
/** From geth's last word to its signal handler: within milliseconds, and more where the machine is busy (1.16.9). */
const LAST_WORD_MS = 150;

/** Waits, for a minute at most, until a node that was started a moment ago would close its database on SIGTERM. */
export async function untilListening(container: ObservedContainer, engine: Engine, clock: Clock): Promise<void> {
  const spec = readSpec(container.labels);
  // A light client has no database to close.
  if (spec?.light != null) return;
  const version = spec?.geth;
  const geth = version === undefined ? undefined : { version, args: container.args };
  const uptime = () => clock.now() - container.startedAt;
  if (container.state !== 'running') return;
  // First without the log: that of an old run is long and would not matter.
  while (!listensToSignals(geth, uptime(), [])) {
    if (await saysSo(container, engine, (line) => listensToSignals(geth, uptime(), [line]))) return clock.sleep(LAST_WORD_MS);
    await clock.sleep(POLL_MS);
    // One that ended by itself, or is being restarted over and over, has nothing to wait for.
    const now = await engine.inspect(container.id);
    if (now?.state !== 'running' || now.startedAt !== container.startedAt) return;
  }
}

/** Whether a line of this run says it: it comes early, and a node that imports fast has written hundreds after it. */
async function saysSo(container: ObservedContainer, engine: Engine, says: (line: string) => boolean): Promise<boolean> {
  for await (const { text } of engine.logs(container.name, { since: container.startedAt })) if (says(text)) return true;
  return false;
}
