import type { TerminalSize } from '../../src/ports/session.ts';
import type { TerminalDevice } from '../../src/ports/terminal-device.ts';

/** A terminal, or with `isTTY: false` two pipes: a test types into it, resizes it, and sees what became of it. */
export class FakeTerminal implements TerminalDevice {
  readonly isTTY: boolean;
  readonly hasKeys: boolean;
  current: TerminalSize = { columns: 80, rows: 24 };
  isRaw = false;
  isFull = false;
  shown = '';
  readonly #listeners = new Set<() => void>();
  readonly #typed: Uint8Array[] = [];
  #over = false;
  #wake: () => void = () => {};

  constructor(isTTY = true, hasKeys = isTTY) {
    this.isTTY = isTTY;
    this.hasKeys = hasKeys;
  }

  size = () => this.current;
  onResize(listener: () => void) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
  raw = (on: boolean) => {
    this.isRaw = on && this.hasKeys;
  };
  fullScreen = (on: boolean) => {
    this.isFull = on && this.isTTY;
  };
  write = (text: string) => {
    this.shown += text;
  };

  type(text: string): void {
    this.#typed.push(Buffer.from(text));
    this.#wake();
  }
  /** Standard input ends. */
  endInput(): void {
    this.#over = true;
    this.#wake();
  }
  resizeTo(size: TerminalSize): void {
    this.current = size;
    for (const listener of this.#listeners) listener();
  }

  input = (): AsyncIterable<Uint8Array> => ({
    [Symbol.asyncIterator]: () => {
      let left = false;
      return {
        next: async () => {
          while (this.#typed.length === 0 && !this.#over && !left) {
            await new Promise<void>((resolve) => {
              this.#wake = resolve;
            });
          }
          const bytes = left ? undefined : this.#typed.shift();
          return bytes === undefined ? { done: true, value: undefined } : { done: false, value: bytes };
        },
        return: async () => {
          left = true;
          this.#wake();
          return { done: true, value: undefined };
        },
      };
    },
  });
}
