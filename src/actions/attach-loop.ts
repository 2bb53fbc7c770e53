import { NodectlError } from '../errors.ts';
import { attachWords, linkWords } from '../host/storage/attach-command.ts';
import { probeSized } from '../host/storage/probe-sized.ts';
import { programError } from '../host/swap/swap-failure.ts';
import type { SizedPlace } from '../node/storage/sized-place.ts';
import type { HostChanges } from '../ports/host-changes.ts';
import type { HostFiles } from '../ports/host-files.ts';

const TIMEOUT_MS = 60_000;

/** Gives the file its loop device, the one it has if it has one, and makes the link name it. STORAGE_IMPOSSIBLE when none is free. */
export async function attachLoop(place: SizedPlace, changes: HostChanges): Promise<void> {
  const words = attachWords(place);
  const ran = await changes.run(words, { timeoutMs: TIMEOUT_MS });
  const device = ran.stdout.trim();
  if (ran.exitCode !== 0 || !/^\/dev\/loop\d+$/.test(device)) {
    if (!/unused loop device|No space left|failed to set up loop/i.test(ran.stderr)) throw programError(words, ran);
    throw new NodectlError('STORAGE_IMPOSSIBLE', 'No loop device is free on this machine.', {
      hint: 'See who has them with `losetup -a` (snap packages take one each), free one, then run the same command again.',
      facts: { said: ran.stderr },
    });
  }
  for (const words of linkWords(place, device)) await must(words, changes);
}

/** Takes the link away, then the device; what is gone already is success. */
export async function detachLoop(place: SizedPlace, files: HostFiles, changes: HostChanges): Promise<void> {
  const { loop } = probeSized(place, files);
  changes.removeFile(place.link);
  if (loop !== undefined) await must(['losetup', '-d', loop.device], changes);
}

async function must(words: readonly string[], changes: HostChanges): Promise<void> {
  const ran = await changes.run(words, { timeoutMs: TIMEOUT_MS });
  if (ran.exitCode !== 0) throw programError(words, ran);
}
