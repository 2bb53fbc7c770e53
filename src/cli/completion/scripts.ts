import { BASH_SCRIPT } from './bash-script.ts';
import { FISH_SCRIPT } from './fish-script.ts';
import type { Shell } from './shells.ts';
import { ZSH_SCRIPT } from './zsh-script.ts';

/** What each shell reads to complete nodectl's words. */
export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH_SCRIPT, zsh: ZSH_SCRIPT, fish: FISH_SCRIPT };
