import { NodectlError } from '../errors.ts';
import { type Verbosity, verbosityAtStart } from '../node/log/verbosity.ts';
import { verbosityQuestion } from '../node/verbosity-question.ts';
import type { World } from '../ports.ts';
import { askIpc } from './ask-ipc.ts';
import { requireRoomForAttach } from './require-room-for-attach.ts';
import { runningPart } from './running-part.ts';

export interface VerbosityRequest {
  readonly node?: string | undefined;
  /** Left out, nothing is changed. */
  readonly level?: Verbosity | undefined;
  /** Asks geth also where the container has hardly any memory left. */
  readonly force: boolean;
}

export interface VerbosityReport {
  readonly node: string;
  /** What was set just now; null when nothing was: geth does not tell. */
  readonly now: Verbosity | null;
  /** What geth began with, and will begin with again. */
  readonly atStart: ReturnType<typeof verbosityAtStart>;
}

/**
 * Makes a running geth log more or less until it ends, through its IPC file. NO_SUCH_NODE, NODE_AMBIGUOUS, NODE_NOT_RUNNING, NO_ROOM,
 * GETH_REFUSED, UNSUPPORTED_OPTION for a light client.
 */
export async function verbosity(request: VerbosityRequest, world: World): Promise<VerbosityReport> {
  const engine = await world.engine();
  const part = await runningPart(request.node, 'execution', engine);
  const { node, container, isLight } = part;
  if (isLight) {
    throw new NodectlError('UNSUPPORTED_OPTION', `${node} is a light client: no geth runs in its place.`, {
      hint: `Choose what to read of its log: \`nodectl logs ${node} --level warn\`.`,
    });
  }
  const atStart = verbosityAtStart(container.args);
  const { level } = request;
  if (level === undefined) return { node, now: null, atStart };
  if (!request.force) await requireRoomForAttach(part, world);
  await askIpc(container.id, verbosityQuestion(level.number), engine);
  return { node, now: level, atStart };
}
