import type { ObservedContainer } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Host, KernelLimits } from '../ports/host.ts';
import type { Clock } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** Whether a container is on this machine. */
export interface Place {
  readonly local: boolean;
  /** What the kernel holds for it, where that can be seen. */
  readonly kernel?: KernelLimits | undefined;
}

/** The kernel proves it without a question: the container's cgroup bears its id. Else the engine is asked, by `deadline`; silence counts as elsewhere. */
export async function locateContainer(
  container: ObservedContainer,
  engine: Engine,
  host: Host,
  deadline: number,
  clock: Clock,
): Promise<Place> {
  const kernel = container.pid > 0 ? host.kernelLimits(container.pid) : undefined;
  if (Object.values(kernel?.sources ?? {}).some((file) => file.includes(container.id))) return { local: true, kernel };
  const info = await withinDeadline(engine.info(), deadline, clock).catch(() => 'late' as const);
  return { local: info !== 'late' && info.value.local };
}
