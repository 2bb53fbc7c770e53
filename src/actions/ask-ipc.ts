import { type IpcQuestion, ipcWords, readIpcAnswer } from '../node/ipc-question.ts';
import type { Engine } from '../ports/engine.ts';

/** A second geth process starts for each question; on a busy small machine that takes its time. */
const TIMEOUT_MS = 20_000;

/**
 * Asks the geth of a running container one question through its IPC file, where all namespaces are.
 * GETH_REFUSED, NODE_NOT_RUNNING, TIMED_OUT.
 */
export async function askIpc<T>(container: string, question: IpcQuestion<T>, engine: Engine): Promise<T> {
  return question.read(readIpcAnswer(await engine.exec(container, ipcWords(question.expression), TIMEOUT_MS)));
}
