import type { Check } from '../check.ts';
import { thp } from './thp.ts';

/** Every check of the host, in the order of its report: by group. */
export const CHECKS: readonly Check[] = [thp];
