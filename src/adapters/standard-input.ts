import type { Readable } from 'node:stream';

/**
 * The bytes of a stream for one reader at a time, who may leave at any moment, also while it waits: then nothing is read any more,
 * nothing keeps the process alive, and the next reader goes on where it left. Node's own iterator would destroy the stream.
 */
export function standardInput(stream: Readable & { unref?(): unknown; ref?(): unknown }): AsyncIterable<Uint8Array> {
  return { [Symbol.asyncIterator]: () => reader(stream) };
}

function reader(stream: Readable & { unref?(): unknown; ref?(): unknown }): AsyncIterator<Uint8Array> {
  const done = { done: true, value: undefined } as const;
  let waiting: ((result: IteratorResult<Uint8Array>) => void) | undefined;
  let left = false;

  const leave = () => {
    if (left) return;
    left = true;
    stream.off('readable', give).off('end', leave).off('close', leave).off('error', leave);
    stream.pause();
    stream.unref?.();
    waiting?.(done);
  };
  const give = () => {
    const bytes: Buffer | null = waiting === undefined ? null : stream.read();
    if (bytes === null) return;
    const hand = waiting;
    waiting = undefined;
    hand?.({ done: false, value: bytes });
  };
  stream.on('readable', give).on('end', leave).on('close', leave).on('error', leave);
  stream.ref?.();

  return {
    next() {
      if (left || stream.readableEnded || stream.destroyed) return Promise.resolve(done);
      return new Promise((resolve) => {
        waiting = resolve;
        give();
      });
    },
    return() {
      leave();
      return Promise.resolve(done);
    },
  };
}
