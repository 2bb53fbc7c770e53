import type { Readable } from 'node:stream';

/** One request as the engine's API has it. */
export interface EngineRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
  /** Without version and query. */
  readonly path: string;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: object;
  /** A tar archive, for PUT. */
  readonly archive?: Buffer | Readable;
  /** Statuses that are an answer and not an error. */
  readonly accept: readonly number[];
  readonly signal?: AbortSignal | undefined;
  /** What the request is for, as the error says it: `start container x`. */
  readonly purpose: string;
}
