import { CLIENTS } from './of-clients.ts';
import { CRASHES, PANICS } from './of-crashes.ts';
import { DATABASES } from './of-databases.ts';
import { DISKS } from './of-disks.ts';
import { FATAL_ENDS } from './of-fatal-ends.ts';
import { LIVES } from './of-lives.ts';
import { REFUSALS } from './of-refusals.ts';
import type { Signature } from './signature.ts';

/** Rows that name one cause each: of these no two know the same line, but for a cause told in both a disk's words and a place's. */
export const CAUSES: readonly Signature[] = [...DISKS, ...CRASHES, ...REFUSALS, ...DATABASES, ...LIVES, ...CLIENTS];

/** Every row, in the order in which they are asked: the first that knows a line has it. */
export const SIGNATURES: readonly Signature[] = [...CAUSES, ...PANICS, ...FATAL_ENDS];
