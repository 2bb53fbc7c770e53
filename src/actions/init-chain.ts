import { NodectlError } from '../errors.ts';
import { DATA_DIRECTORY } from '../node/container-paths.ts';
import { initFailure } from '../node/init-failure.ts';
import { LABEL_NODE, LABEL_ROLE } from '../node/labels.ts';
import { GIB } from '../node/size.ts';
import type { Step } from '../node/step.ts';
import type { Engine } from '../ports/engine.ts';

const TIMEOUT_MS = 300_000;

/** Writes the genesis into the volume. INVALID_GENESIS, WRONG_VOLUME or GETH_REFUSED with what geth said; the volume is then as it was. */
export async function initChain(step: Extract<Step, { kind: 'init-chain' }>, node: string, engine: Engine): Promise<void> {
  const ran = await engine.runOnVolume({
    image: step.image,
    args: step.words,
    labels: { [LABEL_NODE]: node, [LABEL_ROLE]: 'helper' },
    volume: step.volume,
    target: DATA_DIRECTORY,
    user: step.user,
    files: [],
    memory: GIB,
    timeoutMs: TIMEOUT_MS,
  });
  if (ran.exitCode === 0) return;
  const { code, message, said } = initFailure(`${ran.stdout}\n${ran.stderr}`);
  throw new NodectlError(code, message, { facts: { exit: String(ran.exitCode), geth: said } });
}
