import type { OptionUsage } from './command.ts';

/** Of commands that ask geth through its IPC file, which takes a second geth in its container. */
export const FORCE_ATTACH: OptionUsage = {
  flags: '--force',
  help: 'also where the container has so little memory left that asking geth may be the end of it',
};
