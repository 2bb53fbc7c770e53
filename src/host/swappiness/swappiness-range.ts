import { NodectlError } from '../../errors.ts';
import { isBefore, parseKernelVersion } from '../kernel/kernel-version.ts';

/** The most vm.swappiness can be: 200 since Linux 5.8, 100 before (Documentation/admin-guide/sysctl/vm.rst). `release` is the kernel's own word. */
export function mostSwappiness(release: string): number {
  const version = parseKernelVersion(release);
  return version !== undefined && isBefore(version, 5, 8) ? 100 : 200;
}

/** USAGE for a value that this kernel does not take. */
export function checkSwappiness(value: number, release: string): void {
  const most = mostSwappiness(release);
  if (Number.isInteger(value) && value >= 0 && value <= most) return;
  const why = value > 100 && value <= 200 ? ` This kernel (${release.trim()}) is older than 5.8.` : '';
  throw new NodectlError('USAGE', `Swappiness is a whole number from 0 to ${most} here.${why}`, { hint: 'A node runs well with 10.' });
}
