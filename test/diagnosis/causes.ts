import { AILMENTS } from './causes/ailments.ts';
import { FAILED_STARTS } from './causes/failed-starts.ts';
import { HOST_MEMORY_KILLS } from './causes/host-memory-kills.ts';
import { MEMORY_KILLS } from './causes/memory-kills.ts';
import { ORDERLY_ENDS } from './causes/orderly-ends.ts';
import { OWN_ENDS } from './causes/own-ends.ts';
import { SIGNAL_KILLS } from './causes/signal-kills.ts';

/** Every way of ending or ailing that is known. */
export const CAUSES = [
  ...MEMORY_KILLS,
  ...HOST_MEMORY_KILLS,
  ...SIGNAL_KILLS,
  ...OWN_ENDS,
  ...FAILED_STARTS,
  ...ORDERLY_ENDS,
  ...AILMENTS,
].map(([cause, id, code, confidence, evidence]) => ({ cause, id, code, confidence, evidence }));
