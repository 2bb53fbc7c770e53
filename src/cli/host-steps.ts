import * as z from 'zod/mini';
import type { ToldStep } from '../actions/change-host.ts';
import type { Style } from './style.ts';

/** A step of a change to this machine, in reports. */
export const ToldStepsSchema = z.readonly(
  z.array(z.object({ id: z.string(), cause: z.string(), command: z.string(), undo: z.nullable(z.string()) })),
);

/** The steps of a plan, each with its cause and what takes it back. */
export function stepsText(steps: readonly ToldStep[], style: Style): string {
  return steps
    .map(({ cause, command, undo }) => {
      const lines = [style.paint('bold', command), `    ${style.paint('dim', 'because')} ${cause}`];
      return [...lines, ...(undo === null ? [] : [`    ${style.paint('dim', 'undo')}    ${undo}`])].join('\n');
    })
    .join('\n');
}
