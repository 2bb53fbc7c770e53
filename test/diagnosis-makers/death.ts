import type { Scene, Way } from './scene.ts';

/** One way for a geth to die or to ail that a test really brings about. */
export interface Death {
  /** The true cause in a few words, unique. */
  readonly cause: string;
  /** The id and the class of the verdict that is right. */
  readonly verdict: string;
  readonly code: number;
  /** Who can have made a container that comes to this end; left out, anybody. */
  readonly ways?: readonly Way[];
  /** Brings it about. */
  make(scene: Scene): Promise<void>;
}
