import type { Remedy } from '../finding.ts';
import { formatSize, GIB } from '../node/size.ts';
import { isForeignKernel, type Place } from './place.ts';

/** How `bytes` more of swap come to this machine, and whether nodectl can add them. */
export function swapRemedy(bytes: number, place: Place): { readonly remedy: Remedy; readonly fixable: boolean } {
  const size = `${Math.max(1, Math.ceil(bytes / GIB))}G`;
  if (place.virtualisation === 'wsl') {
    const text = `In Windows, write into %UserProfile%\\.wslconfig, section [wsl2]: swap=${size}B; then end WSL, which starts anew by itself.`;
    return { remedy: { text, commands: ['wsl --shutdown'] }, fixable: false };
  }
  if (isForeignKernel(place)) {
    const text = `Swap is the provider's to give here: ask for ${formatSize(bytes)} more, or lower the nodes' limits.`;
    return { remedy: { text, commands: [] }, fixable: false };
  }
  return { remedy: { text: 'Add a swap file.', commands: [`nodectl host swap add --size ${size}`] }, fixable: true };
}
