import type { NetworkProfile } from './profile.ts';
import { formatSize, MIB, parseSize } from './size.ts';

/** What was asked; undefined = not said. Bytes and CPUs. */
export interface BudgetRequest {
  readonly memory: number | undefined;
  readonly swap: number | undefined;
  readonly cpus: number | undefined;
}

/** The engine's host, as far as a budget needs it. */
export interface BudgetHost {
  readonly memory: number;
  readonly cpus: number;
  /** Whole swap space; undefined when the engine's host cannot be seen. */
  readonly swapTotal: number | undefined;
  /** Swap that the limits of other nodes may take already. */
  readonly swapClaimed: number;
}

/** One coherent set of limits. Bytes; `notes` are sentences for the plan. */
export interface Budget {
  readonly memory: number;
  readonly swap: number;
  readonly cpus: number;
  readonly notes: readonly string[];
  readonly problems: readonly BudgetProblem[];
}

/** Why a budget cannot be, with its arithmetic. `forceable`: the kernel would accept it. */
export interface BudgetProblem {
  readonly field: 'memory' | 'swap' | 'cpus';
  readonly message: string;
  readonly forceable: boolean;
}

/** The engine refuses less (Minimum memory limit allowed is 6MB). */
const ENGINE_LEAST_MEMORY = 6 * MIB;

/** Turns what was asked into limits that fit each other, the network and the host. Pure; refusals are values. */
export function planBudget(request: BudgetRequest, profile: NetworkProfile, host: BudgetHost): Budget {
  const notes: string[] = [];
  const memory = request.memory ?? parseSize(profile.memory, 'memory');
  const cpus = request.cpus ?? host.cpus;
  const swap = request.swap ?? defaultSwap(memory, host, notes);
  const problems = [...memoryProblems(memory, profile, host), ...cpuProblems(cpus, host)];
  const comfortable = parseSize(profile.needs.memory.comfortable, 'comfortable');
  if (memory < comfortable) notes.push(`${formatSize(memory)} is tight for ${profile.name}; ${formatSize(comfortable)} is comfortable.`);
  if (memory > host.memory)
    notes.push(`The host has only ${formatSize(host.memory)} of RAM; the rest of ${formatSize(memory)} would be its swap.`);
  const free = freeSwap(host);
  if (request.swap !== undefined && free !== undefined && swap > free) {
    notes.push(
      `The limit allows ${formatSize(swap)} of swap, but the host has ${formatSize(free)} for this node: beyond that the kernel kills geth.`,
    );
  }
  return { memory, swap, cpus, notes, problems };
}

function freeSwap(host: BudgetHost): number | undefined {
  return host.swapTotal === undefined ? undefined : Math.max(0, host.swapTotal - host.swapClaimed);
}

function defaultSwap(memory: number, host: BudgetHost, notes: string[]): number {
  const free = freeSwap(host);
  if (free === undefined) {
    notes.push(`Swap is set to ${formatSize(memory)}, as much as memory; the host's own swap cannot be seen from here.`);
    return memory;
  }
  if (free >= memory) return memory;
  const swap = Math.floor(free / MIB) * MIB;
  notes.push(
    `Swap is set to ${formatSize(swap)}: the host has ${formatSize(host.swapTotal ?? 0)}, other nodes claim ${formatSize(host.swapClaimed)}.`,
  );
  return swap;
}

function memoryProblems(memory: number, profile: NetworkProfile, host: BudgetHost): BudgetProblem[] {
  if (memory < ENGINE_LEAST_MEMORY) {
    return [{ field: 'memory', message: `--memory ${formatSize(memory)} is below the engine's least limit of 6 MiB.`, forceable: false }];
  }
  const problems: BudgetProblem[] = [];
  const minimum = parseSize(profile.needs.memory.minimum, 'minimum');
  if (memory < minimum) {
    problems.push({
      field: 'memory',
      message: `--memory ${formatSize(memory)} cannot run ${profile.name}: it needs ${formatSize(minimum)}, ${formatSize(minimum - memory)} more.`,
      forceable: true,
    });
  }
  const swapTotal = host.swapTotal ?? 0;
  if (memory > host.memory + swapTotal) {
    const sum = `${formatSize(host.memory)} of RAM + ${formatSize(swapTotal)} of swap = ${formatSize(host.memory + swapTotal)}`;
    problems.push({ field: 'memory', message: `--memory ${formatSize(memory)} is more than the host has: ${sum}.`, forceable: true });
  }
  return problems;
}

function cpuProblems(cpus: number, host: BudgetHost): BudgetProblem[] {
  if (cpus <= host.cpus) return [];
  return [{ field: 'cpus', message: `--cpus ${cpus} is more than the ${host.cpus} CPUs of the host.`, forceable: false }];
}
