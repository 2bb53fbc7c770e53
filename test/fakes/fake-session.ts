import type { Session, SessionOutput, SessionRequest, TerminalSize } from '../../src/ports/session.ts';
import type { Ran } from '../../src/ports/volume-run.ts';

/** Ctrl-D, which ends a terminal's input. */
const END = 4;

/** A program that reads all its input, then prints and ends as `run` says for that input. */
export class FakeSession implements Session {
  readonly request: SessionRequest;
  sizedAtStart = true;
  readonly sizes: TerminalSize[] = [];
  readonly written: number[] = [];
  interrupted = false;
  readonly output: AsyncIterable<SessionOutput>;
  readonly #ended: Promise<Ran>;
  #end: () => void = () => {};

  constructor(request: SessionRequest, run: (input: string) => Ran) {
    this.request = request;
    this.#ended = new Promise<void>((resolve) => {
      this.#end = resolve;
    }).then(() => run(Buffer.from(this.written).toString()));
    this.output = this.#print();
    if (request.size) this.sizes.push(request.size);
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.written.push(...bytes);
    if (this.request.tty && bytes.includes(END)) this.#end();
  }
  end = () => {
    if (!this.request.tty) this.#end();
  };
  resize = async (size: TerminalSize) => void this.sizes.push(size);
  exit = async () => (this.interrupted ? 130 : (await this.#ended).exitCode);
  async interrupt(): Promise<boolean> {
    this.interrupted = true;
    this.#end();
    return true;
  }
  hangUp = async () => false;
  close = () => this.#end();

  async *#print(): AsyncGenerator<SessionOutput> {
    const { stdout, stderr } = await this.#ended;
    if (stdout !== '') yield { stream: 'stdout', bytes: Buffer.from(stdout) };
    if (stderr !== '') yield { stream: this.request.tty ? 'stdout' : 'stderr', bytes: Buffer.from(stderr) };
  }
}
