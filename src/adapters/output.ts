import { fstatSync, writeSync } from 'node:fs';

/** A standard stream, written at once and in order: cheaper to start than process.stdout, and never cut at the end. */
export interface Output {
  readonly isTTY: boolean;
  /** Bytes are written as they are. */
  write(text: string | Uint8Array): void;
}

/** Output on a file descriptor. When its reader is gone, `onClosed` is called once and what follows is dropped. */
export function output(descriptor: 1 | 2, onClosed: () => void): Output {
  let closed = false;
  return {
    isTTY: isTerminal(descriptor),
    write(text) {
      if (closed) return;
      try {
        writeAll(descriptor, typeof text === 'string' ? Buffer.from(text) : text);
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code !== 'EPIPE' && code !== 'EBADF' && code !== 'EIO') throw error;
        closed = true;
        onClosed();
      }
    },
  };
}

/** Linux's number of /dev/null: the character device that scripts write to most. */
const NULL_DEVICE = 0x103;

/** Asks the tty module, which brings the whole network stack along, only where the answer may be yes. */
function isTerminal(descriptor: number): boolean {
  try {
    const file = fstatSync(descriptor);
    return file.isCharacterDevice() && file.rdev !== NULL_DEVICE && process.getBuiltinModule('node:tty').isatty(descriptor);
  } catch {
    return false;
  }
}

/** A pipe that another process made non-blocking answers EAGAIN while it is full: wait for its reader. */
function writeAll(descriptor: number, bytes: Uint8Array): void {
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
