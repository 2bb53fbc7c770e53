import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import { NodectlError } from '../../errors.ts';
import { parseImageReference, refuseMovingReference } from '../../node/image-reference.ts';
import type { OnProgress } from '../../ports/progress.ts';
import { type LayerSum, layerSum } from './layer-sum.ts';
import { ndjson } from './ndjson.ts';
import { registryLogin } from './registry-login.ts';
import { engineGone, engineWords, judgeTransfer } from './transfer-failure.ts';
import { transferRow } from './transfer-row.ts';

/** How patient a pull is; milliseconds. */
export interface PullPatience {
  /** Without a word from the engine for so long, the transfer counts as dropped. */
  readonly stall: number;
  readonly tries: number;
  /** Before the second try; doubles with each further one. */
  readonly backoff: number;
}

const PATIENCE: PullPatience = { stall: 60_000, tries: 5, backoff: 1_000 };

interface PullOptions {
  readonly onProgress: OnProgress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Pulls a fixed version (USAGE for a reference that moves), with backoff after a dropped connection. NO_SUCH_IMAGE,
 * IMAGE_WRONG_ARCHITECTURE, DISK_FULL, REGISTRY_UNREACHABLE when the registry cannot be had from here at all, or
 * IMAGE_PULL_FAILED.
 */
export async function pullImage(docker: Docker, ref: string, options: PullOptions, patience = PATIENCE): Promise<void> {
  refuseMovingReference(ref);
  const sum = layerSum();
  for (let attempt = 1; ; attempt++) {
    const words = await pullOnce(docker, ref, sum, options, patience.stall);
    if (words === undefined) return;
    const failure = judgeTransfer(words, 'IMAGE_PULL_FAILED');
    const started = sum.total > 0;
    const worthAnother = failure.remedy === 'again' || (failure.remedy === 'elsewhere' && started);
    if (!worthAnother || attempt >= patience.tries || (words === STALLED && !started)) {
      const unreachable = failure.remedy === 'elsewhere' || failure.remedy === 'again';
      throw new NodectlError(
        unreachable ? 'REGISTRY_UNREACHABLE' : failure.code,
        `Could not pull ${ref}: ${words.replace(/[.\s]*$/, '.')}`,
        {
          ...(failure.hint === undefined ? {} : { hint: failure.hint }),
          facts: attempt > 1 ? { tries: String(attempt) } : {},
        },
      );
    }
    options.onProgress({ what: `Connection lost, pulling ${ref} again`, done: sum.done, total: sum.total, unit: 'bytes' });
    await sleep(patience.backoff * 2 ** (attempt - 1), undefined, { signal: options.signal }).catch(() => {
      throw interrupted(ref);
    });
  }
}

const STALLED = 'the registry sends nothing any more (i/o timeout)';

/** One try; the words of what went wrong, or undefined when the image is there. */
async function pullOnce(
  docker: Docker,
  ref: string,
  sum: LayerSum,
  { onProgress, signal }: PullOptions,
  stallMs: number,
): Promise<string | undefined> {
  const stalled = new AbortController();
  const timer = setTimeout(() => stalled.abort(), stallMs);
  const abortSignal = signal === undefined ? stalled.signal : AbortSignal.any([stalled.signal, signal]);
  try {
    const login = registryLogin(parseImageReference(ref).registry, process.env);
    const answer = await docker.createImage(login, { fromImage: ref, abortSignal });
    for await (const value of ndjson(answer as AsyncIterable<Uint8Array>)) {
      timer.refresh();
      const row = transferRow(value);
      if (row.error !== undefined) return row.error;
      sum.take(row);
      onProgress({ what: `Pulling ${ref}`, done: sum.done, total: sum.total, unit: 'bytes' });
    }
    return undefined;
  } catch (error) {
    if (signal?.aborted) throw interrupted(ref);
    if (stalled.signal.aborted) return STALLED;
    if (error instanceof NodectlError) throw error;
    const words = engineWords(error);
    if (words === undefined) throw engineGone(`pull ${ref}`, error);
    return words;
  } finally {
    clearTimeout(timer);
  }
}

function interrupted(ref: string): NodectlError {
  return new NodectlError('INTERRUPTED', `Interrupted while pulling ${ref}.`);
}
