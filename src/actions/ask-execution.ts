import { HTTP_PORT } from '../node/container-paths.ts';
import { publishedUrl } from '../node/node-status.ts';
import { type POLL_CALLS, type RpcFacts, readRpcFacts, type STATUS_CALLS } from '../node/rpc-facts.ts';
import type { ObservedContainer } from '../ports/containers.ts';
import type { Rpc } from '../ports/rpc.ts';

/** What geth said in one batch, or why it said nothing. */
export type ExecutionAnswer = RpcFacts | { readonly failure: string; readonly message: string };

/** Asks geth once, by `deadline`; `local`: its container is on this machine, so that its published port is. */
export async function askExecution(
  container: ObservedContainer,
  calls: typeof POLL_CALLS | typeof STATUS_CALLS,
  local: boolean,
  deadline: number,
  rpc: Rpc,
): Promise<ExecutionAnswer> {
  if (container.state !== 'running') return { failure: 'none', message: 'it is not running' };
  const url = publishedUrl(container.ports, HTTP_PORT);
  if (url === null) return { failure: 'none', message: 'its HTTP port is not published' };
  if (!local) return { failure: 'none', message: `${url} is on the engine's own host, not on this one` };
  const outcome = await rpc.batch(url, calls, deadline);
  return 'answers' in outcome ? readRpcFacts(outcome.answers) : outcome;
}
