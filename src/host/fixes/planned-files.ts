import type { HostFiles } from '../../ports/host-files.ts';
import type { HostStep } from '../host-step.ts';

/** The files as they will be after these steps, so that a later plan may change the same file once more. */
export function plannedFiles(files: HostFiles, steps: readonly HostStep[]): HostFiles {
  const written = new Map<string, string | undefined>();
  for (const { act } of steps) if (act.kind === 'write-file') written.set(act.path, act.text);
  return {
    ...files,
    uid: files.uid,
    read(path, limit) {
      if (!written.has(path)) return files.read(path, limit);
      const text = written.get(path);
      return text === undefined ? { failure: 'missing' } : { text };
    },
  };
}
