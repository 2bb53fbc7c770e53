import { startNetwork } from './network.ts';
import { readOptions, USAGE } from './options.ts';
import { readyLine } from './ready-line.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * Runs a network until a signal, a part's death or, where asked, its first finalized epoch, and gives the exit code: 0, also
 * when a signal ends a network that shall run on; 1 when it failed; 2 for a wrong command line; 130 when a signal came before
 * what was waited for.
 */
export async function runProgram(words: readonly string[]): Promise<number> {
  let order: ReturnType<typeof readOptions>;
  try {
    order = readOptions(words);
  } catch (error) {
    say(`${(error as Error).message}\n\n${USAGE}`);
    return 2;
  }
  if (order === undefined) {
    process.stdout.write(USAGE);
    return 0;
  }
  const asked = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => asked.abort(new Error(signal)));
  const stopAsked = new Promise<void>((resolve) => asked.signal.addEventListener('abort', () => resolve()));
  try {
    const network = await startNetwork({ ...order.network, say, signal: asked.signal });
    say(`ready: nodectl up --network ${network.profile}`);
    if (order.json) process.stdout.write(readyLine(network));
    try {
      const finality = order.untilFinalized ? network.finalized() : new Promise<never>(() => {});
      const outcome = await Promise.race([finality, network.failed, stopAsked]);
      if (outcome instanceof Error) throw outcome;
      return outcome === undefined && order.untilFinalized ? 130 : 0;
    } finally {
      say('ending');
      await network.stop();
      say('ended: nothing is left');
    }
  } catch (error) {
    say(asked.signal.aborted ? 'interrupted: nothing is left' : (error as Error).message);
    return asked.signal.aborted ? 130 : 1;
  }
}
