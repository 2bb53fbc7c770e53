import { fstatSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';

/** A standard stream, written at once and in order: cheaper to start than process.stdout, and never cut at the end. */
export interface Output {
  readonly isTTY: boolean;
  write(text: string): void;
}

/** Output on a file descriptor. When its reader is gone, `onClosed` is called once and what follows is dropped. */
export function output(descriptor: 1 | 2, onClosed: () => void): Output {
  let closed = false;
  return {
    isTTY: isTerminal(descriptor),
    write(text) {
      if (closed) return;
      try {
        writeAll(descriptor, Buffer.from(text));
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'EPIPE' && code !== 'EBADF' && code !== 'EIO') throw error;
        closed = true;
        onClosed();
      }
    },
  };
}

function isTerminal(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isCharacterDevice() && isatty(descriptor);
  } catch {
    return false;
  }
}

/** A pipe that another process made non-blocking answers EAGAIN while it is full: wait for its reader. */
function writeAll(descriptor: number, bytes: Buffer): void {
  let sent = 0;
  while (sent < bytes.length) {
    try {
      sent += writeSync(descriptor, bytes, sent);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
