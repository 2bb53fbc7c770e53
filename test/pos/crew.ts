import { join } from 'node:path';
import { deathNotice, type Part, startPart } from './part.ts';

/** The parts of one network: they live and end together. */
export interface Crew {
  readonly parts: readonly Part[];
  /** Aborted, with the reason, as soon as a part ends by itself, the network is stopped, or the caller gives up. */
  readonly signal: AbortSignal;
  /** Resolves when a part ends that nobody stopped. */
  readonly failed: Promise<Error>;
  /** Starts a part and watches over it. */
  begin(name: string, program: string, args: readonly string[]): Promise<Part>;
  /** Ends every part, the last begun first. */
  stop(): Promise<void>;
}

/** A crew whose parts log into `folder`; `caller` makes it give up, but does not end its parts. */
export function makeCrew(folder: string, caller?: AbortSignal): Crew {
  const parts: Part[] = [];
  const over = new AbortController();
  const giveUp = () => over.abort(caller?.reason);
  caller?.addEventListener('abort', giveUp);
  if (caller?.aborted) giveUp();
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<Error>((resolve) => {
    fail = resolve;
  });
  return {
    parts,
    signal: over.signal,
    failed,
    async begin(name, program, args) {
      over.signal.throwIfAborted();
      const part = await startPart(name, program, args, join(folder, `${name}.log`));
      parts.push(part);
      void part.ended.then((ending) => {
        if (ending.asked) return;
        const error = new Error(deathNotice(part, ending));
        fail(error);
        over.abort(error);
      });
      return part;
    },
    async stop() {
      caller?.removeEventListener('abort', giveUp);
      over.abort(new Error('the network was stopped'));
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}
