import { formatSize } from './size.ts';
import type { Step } from './step.ts';

/** A step in one line of words, without its cause. */
export function stepText(step: Step): string {
  switch (step.kind) {
    case 'provide-image':
      return `provide image ${step.reference}`;
    case 'remove-leftover':
      return `remove leftover container ${step.container.slice(0, 12)}`;
    case 'provide-storage':
      return `provide a filesystem of ${formatSize(step.wish.bytes)} in ${step.wish.place.image}`;
    case 'provide-guard':
      return `make sure that a guard runs (${step.commands.join('; ')})`;
    case 'create-volume':
      return `create volume ${step.volume.name}`;
    case 'prepare-volume':
      return step.files.length === 0
        ? `give volume ${step.volume} to geth's user`
        : `put ${step.files.map(({ path }) => path).join(', ')} into volume ${step.volume}`;
    case 'create-network':
      return `create network ${step.network.name}`;
    case 'init-chain':
      return `write the genesis into volume ${step.volume} (geth ${step.words.join(' ')})`;
    case 'make-key':
      return `make a key in volume ${step.volume}`;
    case 'begin-database':
      return `begin the database in volume ${step.volume} from a checkpoint`;
    case 'stop-container':
      return `stop container ${step.container} (waits up to ${step.timeoutSeconds} s for its clean close)`;
    case 'remove-container':
      return `remove container ${step.container}`;
    case 'create-container':
      return `create container ${step.spec.name}`;
    case 'rename-container':
      return `rename container ${step.container} to ${step.name}`;
    case 'update-limits':
      return `change limits of ${step.container} while it runs`;
    case 'start-container':
      return `start container ${step.container}`;
  }
}
