import type { BudgetHost } from '../node/budget.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { readSpec } from '../node/spec.ts';
import type { ContainerSummary } from '../ports/containers.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { Host } from '../ports/host.ts';

/** What the budget of one node must know of the engine's host and of the other nodes on it. */
export function gatherBudgetHost(node: string, info: EngineInfo, host: Host, containers: readonly ContainerSummary[]): BudgetHost {
  const swapClaimed = containers
    .filter((container) => container.labels[LABEL_NODE] !== node)
    .reduce((sum, container) => sum + (readSpec(container.labels)?.swap ?? 0), 0);
  return {
    memory: info.memory,
    cpus: info.cpus,
    swapTotal: info.local ? host.memory()?.swapTotal : undefined,
    swapClaimed,
  };
}
