import { NodectlError } from '../../errors.ts';
import type { HostFiles } from '../../ports/host-files.ts';

/** Reading stops at this size, so a longer file could not be written back whole. */
const MOST = 128 * 1024;

/** A file's text that may be written back byte for byte, undefined where there is none; HOST_REFUSED for any other. */
export function writableText(files: HostFiles, path: string): string | undefined {
  const file = files.read(path);
  if ('failure' in file) {
    if (file.failure === 'missing') return undefined;
    throw new NodectlError('HOST_REFUSED', `${path} cannot be read (${file.failure}), so nodectl does not touch it.`, {
      hint: 'Run as root.',
    });
  }
  if (file.text.includes('\uFFFD') || file.text.includes('\0') || file.text.length >= MOST) {
    throw new NodectlError('HOST_REFUSED', `${path} holds bytes that are no text, so nodectl does not touch it.`, {
      hint: 'Correct it first.',
    });
  }
  return file.text;
}
