import { NodectlError } from '../errors.ts';

const VERSION = /^v?(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** `1.17.8` from `1.17.8` or `v1.17.8`; INVALID_VERSION otherwise (also for `latest`, which is geth's development build). */
export function parseGethVersion(text: string): string {
  return parseVersion(text, 'geth', '1.17.8');
}

/** The same for another program; `example` is one of its versions. */
export function parseVersion(text: string, title: string, example: string): string {
  const match = VERSION.exec(text);
  if (match === null) {
    throw new NodectlError('INVALID_VERSION', `${JSON.stringify(text.slice(0, 40))} is not a ${title} version.`, {
      hint: `Write a ${title} version as X.Y.Z, for instance ${example}.`,
    });
  }
  return `${Number(match[1])}.${Number(match[2])}.${Number(match[3])}`;
}

/** Negative, zero or positive as `a` is older than, equal to or newer than `b` (both X.Y.Z). */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let part = 0; part < 3; part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** True when `version` lies in `since` ≤ version ≤ `until`; a missing bound is open. */
export function inRange(version: string, range: { readonly since?: string; readonly until?: string }): boolean {
  if (range.since !== undefined && compareVersions(version, range.since) < 0) return false;
  return range.until === undefined || compareVersions(version, range.until) <= 0;
}
