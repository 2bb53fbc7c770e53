import type { NodectlError } from '../../src/errors.ts';
import { LABEL_NODE } from '../../src/node/labels.ts';
import type { EngineEvent, EventQuery } from '../../src/ports/engine-events.ts';
import { aborted } from './fake-container.ts';

/** What happened on a fake engine, told to those who follow it. */
export class FakeEvents {
  readonly #told: EngineEvent[] = [];
  #waiting: (() => void)[] = [];
  #gone: { readonly error: NodectlError } | undefined;

  tell(event: EngineEvent): void {
    this.#told.push(event);
    this.#wake();
  }

  /** Ends everyone's following, as an engine does that goes away; who asks again follows again. */
  lose(error: NodectlError): void {
    this.#gone = { error };
    this.#wake();
    this.#gone = undefined;
  }

  async *follow({ since, until, container, anyone, signal }: EventQuery): AsyncGenerator<EngineEvent> {
    let at = since === undefined ? this.#told.length : this.#told.findIndex(({ time }) => time >= since);
    if (at < 0) at = this.#told.length;
    while (!signal?.aborted) {
      for (; at < this.#told.length; at++) {
        const event = this.#told[at];
        if (event && (until === undefined || event.time <= until) && (anyone || isAsked(event, container))) yield event;
        if (signal?.aborted) return;
      }
      if (until !== undefined && Date.now() >= until) return;
      await Promise.race([this.#change(), aborted(signal), ...(until === undefined ? [] : [pause(until - Date.now())])]);
    }
  }

  /** Resolves at the next event; rejects when the engine goes away. */
  #change(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => (this.#gone ? reject(this.#gone.error) : resolve()));
    });
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}

function isAsked({ containerId, containerName, labels }: EngineEvent, container: string | undefined): boolean {
  return container === undefined ? LABEL_NODE in labels : [containerId, containerName].includes(container);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
}
