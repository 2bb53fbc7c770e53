import type { NodectlError } from '../../src/errors.ts';

/** Thrown by a call after which the test wanted nodectl to be gone: no code of ours may take it for an error of its own. */
export class Killed extends Error {}

/** Calls that are remembered, and that fail or end the caller where a test wants it. */
export class FaultyCalls {
  /** Names of the calls made, in order. */
  readonly calls: string[] = [];
  #callsToLive = Number.POSITIVE_INFINITY;
  #failures: { readonly call: string; readonly error: NodectlError }[] = [];

  /** The Nth call from now takes effect and then the caller is gone: it and all later calls throw Killed, until `dieAfter()`. */
  dieAfter(calls = Number.POSITIVE_INFINITY): void {
    this.#callsToLive = calls;
  }

  /** The next call of that name fails without effect. */
  failNext(call: string, error: NodectlError): void {
    this.#failures.push({ call, error });
  }

  protected async call<T>(name: string, effect: () => T): Promise<T> {
    this.calls.push(name);
    if (this.#callsToLive <= 0) throw new Killed(name);
    this.#callsToLive -= 1;
    const planned = this.#failures.findIndex((failure) => failure.call === name);
    const failure = planned < 0 ? undefined : this.#failures.splice(planned, 1)[0];
    // A real call takes a moment in which others run.
    await Promise.resolve();
    if (failure) throw failure.error;
    const result = effect();
    if (this.#callsToLive <= 0) throw new Killed(name);
    return result;
  }
}
