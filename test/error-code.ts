import { expect } from 'vitest';
import { NodectlError } from '../src/errors.ts';

/** The NodectlError that an act ends with; anything else fails the test. */
export function errorOf(act: () => unknown): NodectlError {
  let thrown: unknown;
  try {
    act();
  } catch (error) {
    thrown = error;
  }
  expect(thrown, 'it should have been refused').toBeInstanceOf(NodectlError);
  return thrown as NodectlError;
}

/** As errorOf, for a promise. */
export async function errorOfPromise(promise: Promise<unknown>): Promise<NodectlError> {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown, 'it should have been refused').toBeInstanceOf(NodectlError);
  return thrown as NodectlError;
}
