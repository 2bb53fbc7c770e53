import { lightBackend } from './light/light-backends.ts';
import type { NodeSpec } from './spec.ts';

/** Where a node answers, on the engine's host; `ws` is null where it has no WebSocket. */
export interface NodeEndpoints {
  readonly http: string;
  readonly ws: string | null;
}

export function nodeEndpoints({ ports, light }: NodeSpec): NodeEndpoints {
  const hasWs = light === null || lightBackend(light.backend).ws;
  return { http: `http://127.0.0.1:${ports.http}`, ws: hasWs ? `ws://127.0.0.1:${ports.ws}` : null };
}
