import type { Measure } from '../diagnosis/fix/measure.ts';
import { shellLine } from '../host/shell-word.ts';
import { MIB } from '../node/size.ts';
import type { World } from '../ports.ts';
import { addSwap } from './add-swap.ts';
import type { ToldStep } from './change-host.ts';
import { swapRequest, upRequest } from './measure-requests.ts';
import { up } from './up.ts';

/** A step of a remedy as it is told; `details` are the steps of which it is made, where `up` plans them. */
export interface FixStep extends ToldStep {
  readonly details: readonly string[];
}

/** What a measure will do, as the commands that do the same; none where all is so already. Changes nothing, and throws what the act itself would refuse. */
export async function foresee(measure: Measure, world: World): Promise<readonly FixStep[]> {
  const { cause } = measure;
  const step = (id: string, command: readonly string[], undo: readonly string[] | null, details: readonly string[] = []): FixStep => ({
    ...{ id, cause, command: shellLine(command), undo: undo && shellLine(undo), details },
  });
  switch (measure.kind) {
    case 'add-swap': {
      const { steps } = await addSwap({ ...(await swapRequest(measure, world)), dryRun: true }, world);
      return steps.map((each, index) => ({ ...each, cause: index === 0 ? `${each.cause}: ${cause}` : each.cause, details: [] }));
    }
    case 'limits': {
      const { name, limits } = measure.container;
      const [now, before] = [updateWords(name, measure.memory, measure.memorySwap), updateWords(name, limits.memory, limits.memorySwap)];
      return shellLine(now) === shellLine(before) ? [] : [step('limits', now, before)];
    }
    case 'up': {
      const { steps } = await up({ ...upRequest(measure), dryRun: true }, world);
      const details = steps.map(({ what, cause: why }) => `${what}: ${why}`);
      return steps.length === 0
        ? []
        : [step('up', upWords(measure), measure.before && upWords({ ...measure, ...measure.before }), details)];
    }
    case 'start':
      return [step('start', ['nodectl', 'start', measure.node], ['nodectl', 'stop', measure.node])];
    case 'restart':
      return [step('restart', ['nodectl', 'restart', measure.node], null)];
    case 'start-container': {
      const { name } = measure.container;
      return [step('start', ['docker', 'start', name], ['docker', 'stop', name])];
    }
  }
}

function upWords({ node, memory, swap, port }: Extract<Measure, { kind: 'up' }>): readonly string[] {
  return [
    ...['nodectl', 'up', '--name', node],
    ...(memory === undefined ? [] : ['--memory', bytes(memory)]),
    ...(swap === undefined ? [] : ['--swap', bytes(swap)]),
    ...(port === undefined ? [] : ['--port', port]),
  ];
}

function updateWords(name: string, memory: number, memorySwap: number): readonly string[] {
  return ['docker', 'update', '--memory', bytes(memory), '--memory-swap', memorySwap < 0 ? '-1' : bytes(memorySwap), name];
}

/** Exact, so that it can be taken back: `768m`, or bytes. */
function bytes(size: number): string {
  return size > 0 && size % MIB === 0 ? `${size / MIB}m` : String(size);
}
