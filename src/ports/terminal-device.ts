import type { TerminalSize } from './session.ts';

/**
 * The person's terminal: keys in, cells out. Whatever ends this process (the end of the work, an exception, SIGINT, SIGTERM,
 * SIGHUP), the terminal is left as it was found; only SIGKILL is too quick for that.
 */
export interface TerminalDevice {
  /** Standard output is a terminal: there is somewhere to draw. */
  readonly isTTY: boolean;
  /** Standard input is a terminal: keys come one by one in raw mode. */
  readonly hasKeys: boolean;
  /** 80 by 24 where no standard stream is a terminal. */
  size(): TerminalSize;
  /** Calls `listener` after each change of size, and when a full screen was lost while this process was stopped; the function given back ends that. */
  onResize(listener: () => void): () => void;
  /** The bytes of standard input, a terminal or not, until it ends or the reader leaves. One reader at a time. */
  input(): AsyncIterable<Uint8Array>;
  /** Keys are bytes at once: no echo, no line editing, no signal by Ctrl-C. Without keys it does nothing. */
  raw(on: boolean): void;
  /** The second screen, without a cursor: what was on the first is back afterwards. Without a terminal it does nothing. */
  fullScreen(on: boolean): void;
  write(text: string): void;
}
