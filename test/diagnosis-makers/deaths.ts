import { CHAINS } from './chains.ts';
import type { Death } from './death.ts';
import { DISK_DEATHS } from './disks.ts';
import { IMAGE_DEATHS } from './images.ts';
import { KILLS } from './kills.ts';
import { MEMORY_DEATHS } from './memory.ts';
import { PLACES } from './places.ts';
import { REFUSALS } from './refusals.ts';

/** Every death that a test really brings about on this machine's engine. */
export const DEATHS: readonly Death[] = [...MEMORY_DEATHS, ...KILLS, ...REFUSALS, ...DISK_DEATHS, ...PLACES, ...IMAGE_DEATHS, ...CHAINS];
