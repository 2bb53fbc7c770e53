import * as z from 'zod/mini';
import { type IpcQuestion, ipcQuestion } from './ipc-question.ts';

/** Tells geth how much to log, from now until it ends; every version since 1.8 has the method, and none has one to ask it back. */
export function verbosityQuestion(number: number): IpcQuestion<true> {
  return ipcQuestion(`(debug.verbosity(${number}),true)`, z.literal(true));
}
