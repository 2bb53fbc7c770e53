import { fstabSwaps } from '../kernel/fstab-swaps.ts';
import { parseSwaps } from '../kernel/swaps.ts';
import { textOf } from '../place.ts';
import { addFstabLine } from '../swap/fstab-line.ts';
import { FSTAB } from '../swap/plan-swap-add.ts';
import { fileSteps, keptPath, runStep } from './file-step.ts';
import type { Fix } from './fix.ts';
import { writableText } from './writable-text.ts';

export const swapFiles: Fix = {
  heals: ['swap.file'],
  async plan({ files }) {
    const used = parseSwaps(textOf(files, '/proc/swaps') ?? '').flatMap(({ path, kind }) => (kind === 'file' ? [path] : []));
    const rights = used.flatMap((path) => {
      const status = files.status(path);
      if (status === undefined) return [];
      const cause = 'nobody else shall read what was in memory';
      const mode = status.mode.toString(8).padStart(3, '0');
      return [
        ...(status.uid === 0 ? [] : [runStep('own-swap', cause, ['chown', '0:0', path], ['chown', String(status.uid), path])]),
        ...((status.mode & 0o077) === 0 ? [] : [runStep('close-swap', cause, ['chmod', '600', path], ['chmod', mode, path])]),
      ];
    });
    const before = writableText(files, FSTAB);
    const named = fstabSwaps(before ?? '');
    const after = used.filter((path) => !named.includes(path)).reduce((text, path) => addFstabLine(text, path).text, before);
    if (after === undefined || after === before) return rights;
    const kept = writableText(files, keptPath(FSTAB));
    return [...rights, ...fileSteps('persist-swap', 'it shall be swap after every boot', { path: FSTAB, before, after }, kept)];
  },
};
