/** What a program prints, as it comes. */
export interface SessionOutput {
  /** Always `stdout` where the program has a terminal: there the two are one. */
  readonly stream: 'stdout' | 'stderr';
  readonly bytes: Uint8Array;
}

export interface TerminalSize {
  readonly columns: number;
  readonly rows: number;
}

export interface SessionRequest {
  readonly container: string;
  readonly words: readonly string[];
  /** The program gets a terminal of its own: line editing, colour, and Ctrl-C as a byte. */
  readonly tty: boolean;
  /** Of its terminal at the start. */
  readonly size?: TerminalSize | undefined;
}

/** A program that runs inside a running container as the container's user, and with which somebody speaks. */
export interface Session {
  /** True when the program's terminal had its size before the program began; false when that came a moment later. */
  readonly sizedAtStart: boolean;
  /** Ends when the program has closed its output. To be read once, and slowly if need be: the program waits. */
  readonly output: AsyncIterable<SessionOutput>;
  /** Resolves when the engine may be sent more; what the program reads no more is dropped. */
  write(bytes: Uint8Array): Promise<void>;
  /** Standard input ends; without meaning where the program has a terminal (Ctrl-D is a byte there). */
  end(): void;
  resize(size: TerminalSize): Promise<void>;
  /** How the program ended, after `output` did; 126 or 127 where it could not be run. CONTAINER_DIED when the container ended under it. */
  exit(): Promise<number>;
  /**
   * Ctrl-C for a program that nobody listens to any more, and Ctrl-D for its prompt; the engine has no word for it. Through its
   * terminal where it has one, else by a signal where its process is one of this machine. False when it cannot be reached.
   */
  interrupt(): Promise<boolean>;
  /** Ends it as the loss of its terminal does, by a signal alone. False when it cannot be reached: it goes on. */
  hangUp(): Promise<boolean>;
  /** Gives the connection up; the program is told nothing but that its input ended. */
  close(): void;
}
