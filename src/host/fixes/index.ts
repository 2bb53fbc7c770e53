import { engineSettings } from './engine-settings.ts';
import type { Fix } from './fix.ts';
import { hugePages } from './huge-pages.ts';
import { overcommitFix } from './overcommit.ts';
import { swapAccounting } from './swap-accounting.ts';
import { swapFiles } from './swap-files.ts';
import { swappinessFix } from './swappiness.ts';

/** Every fix but that of too little swap, which is `host swap add` itself; in the order they are done. */
export const FIXES: readonly Fix[] = [overcommitFix, swappinessFix, hugePages, swapFiles, engineSettings, swapAccounting];

/** Checks whose findings a swap file heals. */
export const HEALED_BY_SWAP: readonly string[] = ['swap.present', 'swap.size'];
