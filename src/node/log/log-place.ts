import type { LogLine } from '../../ports/engine.ts';

/** How far a log has been read, so that reading can begin there again without telling a line twice. */
export class LogPlace {
  #time = '';
  #withThatTime = 0;

  pass({ time }: LogLine): void {
    this.#withThatTime = time === this.#time ? this.#withThatTime + 1 : 1;
    this.#time = time;
  }

  /** The instant (ms) from which to read again; undefined when nothing was read yet. */
  get since(): number | undefined {
    const at = Date.parse(this.#time);
    return Number.isNaN(at) ? undefined : at;
  }

  /** Tells the new lines among those that are read again from `since` on. The engine's timestamps sort as text. */
  onlyNew(): (line: LogLine) => boolean {
    const seen = this.#time;
    let again = this.#withThatTime;
    return ({ time }) => time > seen || time === '' || (time === seen && again-- <= 0);
  }
}
