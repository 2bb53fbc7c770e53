import type { Eyes } from '../check.ts';
import type { HostStep } from '../host-step.ts';

/** What heals some findings: it reads through the eyes like a check and plans without acting. */
export interface Fix {
  /** Ids of checks whose findings it heals. */
  readonly heals: readonly string[];
  /**
   * The steps that are missing; none where all is so already. HOST_REFUSED with the reason where it must not be touched.
   */
  plan(eyes: Eyes): Promise<readonly HostStep[]>;
  /** What is left for the person afterwards, a sentence; undefined where nothing is. */
  readonly afterwards?: string;
}
