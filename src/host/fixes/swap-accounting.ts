import { type BootLoader, findBootLoader, type ParameterChange } from '../boot-loader.ts';
import { probeCgroups } from '../cgroup-evidence.ts';
import type { HostStep } from '../host-step.ts';
import { parseKernelVersion } from '../kernel/kernel-version.ts';
import { isForeignKernel, probePlace, textOf } from '../place.ts';
import { accountingChange } from '../swap-accounting.ts';
import { withParameters } from './command-line-edit.ts';
import { fileSteps, keptPath, runStep } from './file-step.ts';
import type { Fix } from './fix.ts';
import { writableText } from './writable-text.ts';

const CAUSE = 'the kernel shall count swap of containers from the next boot on';

export const swapAccounting: Fix = {
  heals: ['cg.swap'],
  async plan(eyes) {
    const { files } = eyes;
    const { layout, commandLine } = probeCgroups(eyes);
    const loader = findBootLoader(files);
    const place = probePlace(files);
    const kernel = parseKernelVersion(textOf(files, '/proc/sys/kernel/osrelease') ?? '');
    const knowsSwap = files.status('/proc/swaps') !== undefined;
    const change = accountingChange({ kernel, commandLine, knowsSwap, loader, place, layout });
    if (change === undefined || loader === undefined || isForeignKernel(place)) return [];
    return loader.kind === 'grubby' ? grubby(change) : edited(loader, change, (path) => writableText(files, path));
  },
  afterwards: 'A reboot is due: swap is counted from then on (stop the nodes before it).',
};

/** What a person or the distribution wrote is edited in place, its bytes kept beside it. */
function edited(loader: BootLoader, change: ParameterChange, read: (path: string) => string | undefined): readonly HostStep[] {
  const before = read(loader.file) ?? '';
  const after = withParameters(loader.kind, before, change);
  // Done already: only the reboot is missing.
  if (after === undefined) return [];
  const steps = fileSteps('kernel-command-line', CAUSE, { path: loader.file, before, after }, read(keptPath(loader.file)));
  const { refresh } = loader;
  if (refresh === undefined) return steps;
  // The menu is made from the file, so both are taken back together.
  const told = steps.map((step) => (step.undo === null ? step : { ...step, undo: `${step.undo} && ${refresh}` }));
  return [...told, runStep('boot-menu', 'the boot menu is made from it', refresh.split(' '))];
}

function grubby({ add, remove }: ParameterChange): readonly HostStep[] {
  const words = (plus: readonly string[], minus: readonly string[]) => [
    ...['grubby', '--update-kernel=ALL'],
    ...(plus.length === 0 ? [] : [`--args=${plus.join(' ')}`]),
    ...(minus.length === 0 ? [] : [`--remove-args=${minus.join(' ')}`]),
  ];
  return [runStep('kernel-command-line', CAUSE, words(add, remove), words(remove, add))];
}
