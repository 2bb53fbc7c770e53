import type { StorageMode } from './storage-modes.ts';
import type { QuotaKind } from './storage-sight.ts';

/** How a size of the chain is really kept, in the words of every report. */
export const ENFORCEMENT_WORDS = [
  'xfs project quota',
  'ext4 project quota',
  'sized filesystem',
  'storage driver',
  'watchdog',
  'not enforced',
] as const;

export type StorageEnforcement = (typeof ENFORCEMENT_WORDS)[number];

/** The word for a mode that is in force; a quota is named by its filesystem. */
export function enforcementWord(mode: StorageMode, quota: QuotaKind | undefined): StorageEnforcement {
  switch (mode) {
    case 'quota':
      return quota ?? 'xfs project quota';
    case 'sized':
      return 'sized filesystem';
    case 'driver':
      return 'storage driver';
    case 'watchdog':
      return 'watchdog';
    case 'none':
      return 'not enforced';
  }
}
