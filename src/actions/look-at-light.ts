import { type LightFacts, lightCalls, readLight } from '../node/light/judge-light.ts';
import type { LightBackend } from '../node/light/light-backend.ts';
import type { Rpc } from '../ports/rpc.ts';

/** One look at a light client over its JSON-RPC, over by `deadline`; a server of others that hangs delays nothing else. */
export async function lookAtLight(
  backend: LightBackend,
  url: string,
  deadline: number,
  rpc: Rpc,
): Promise<LightFacts | { readonly failure: string; readonly message: string }> {
  const calls = lightCalls(backend);
  const [own, proof] = await Promise.all([rpc.batch(url, calls.own, deadline), rpc.batch(url, calls.proof, deadline)]);
  if (!('answers' in own)) return own;
  return readLight(backend, own.answers, 'answers' in proof ? proof.answers : proof);
}
