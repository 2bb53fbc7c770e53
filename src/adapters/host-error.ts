import { NodectlError } from '../errors.ts';

/** What Node throws when a file cannot be changed, as one of ours: DISK_FULL, PERMISSION, HOST_REFUSED. */
export function hostError(path: string, thrown: unknown): NodectlError {
  if (thrown instanceof NodectlError) return thrown;
  const { code, message } = thrown as NodeJS.ErrnoException;
  const cause = { cause: thrown };
  if (code === 'ENOSPC' || code === 'EDQUOT') return new NodectlError('DISK_FULL', `The disk of ${path} is full.`, cause);
  if (code === 'EACCES' || code === 'EPERM') return new NodectlError('PERMISSION', `${path} cannot be changed without root.`, cause);
  if (code === 'EROFS') return refusal(`${path} lies on a filesystem that is mounted read-only.`, thrown);
  if (code === 'EEXIST') return refusal(`${path} exists already. It is left as it is.`, thrown);
  if (code === 'EINVAL' && path.startsWith('/proc/sys/')) return refusal(`The kernel does not take this value for ${path}.`, thrown);
  return refusal(`${path} cannot be changed: ${message}`, thrown);
}

function refusal(message: string, cause: unknown): NodectlError {
  return new NodectlError('HOST_REFUSED', message, { hint: '', cause });
}

/** Runs an act on a path; what it throws becomes one of ours. */
export function changing<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (thrown) {
    throw hostError(path, thrown);
  }
}
