/** What nodectl's locks of this machine are called among the kernel's abstract sockets; of a lock that is named, a part of it. */
export const MACHINE_LOCK = 'nodectl-changes-this-host';

/** The socket's name without its first byte (0). */
export function lockName(of = ''): string {
  return of === '' ? MACHINE_LOCK : `${MACHINE_LOCK}-${of}`;
}
