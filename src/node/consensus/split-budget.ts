import type { BudgetProblem } from '../budget.ts';
import type { NetworkProfile } from '../profile.ts';
import { formatSize, MIB } from '../size.ts';
import type { NodeSpec } from '../spec.ts';
import type { ConsensusClient, MemoryNeeds } from './consensus-client.ts';
import { clientNeeds, executionNeeds } from './memory-needs.ts';

/** Limits of one part of a node: bytes, swap beyond memory, and CPUs. */
export interface Share {
  readonly memory: number;
  readonly swap: number;
  readonly cpus: number;
}

/** A node's limits, divided; the shares add up to the whole, exactly. */
export interface SplitBudget {
  readonly execution: Share;
  readonly consensus: Share;
  readonly problems: readonly BudgetProblem[];
}

/** Of the CPUs: the client verifies signatures in every slot, geth runs the blocks. */
const CLIENT_CPUS = 1 / 3;
/** Engines refuse less: memory, and hundredths of a CPU. */
const ENGINE_LEAST_MEMORY = 6 * MIB;
const ENGINE_LEAST_CENTS = 1;

/**
 * Divides a node's limits between geth and its consensus client. Of what both have beyond their minimum each gets a part by what it
 * lacks to be comfortable; what neither needs is geth's. Pure; what cannot be is a problem, and divided all the same.
 */
export function splitBudget(total: Share, client: ConsensusClient, profile: NetworkProfile): SplitBudget {
  const memory = wholeMib(clientMemory(total.memory, clientNeeds(client, profile), executionNeeds(profile)));
  const swap = total.memory === 0 ? 0 : wholeMib((total.swap * memory) / total.memory);
  const cpus = Math.floor(total.cpus * CLIENT_CPUS * 100) / 100;
  const consensus = { memory, swap, cpus };
  return { execution: rest(total, consensus), consensus, problems: problems(total, consensus, client, profile) };
}

function clientMemory(total: number, own: MemoryNeeds, geth: MemoryNeeds): number {
  const needed = own.minimum + geth.minimum;
  if (total < needed) return (total * own.minimum) / needed;
  const [lacks, gethLacks] = [own.comfortable - own.minimum, geth.comfortable - geth.minimum];
  return own.minimum + Math.min(lacks, ((total - needed) * lacks) / (lacks + gethLacks));
}

/** Geth's share of a node's limits: the whole where no client runs beside it. */
export function executionShare({ memory, swap, cpus, consensus }: NodeSpec): Share {
  const whole = { memory, swap, cpus };
  return consensus?.kind === 'client' ? rest(whole, consensus) : whole;
}

function rest(whole: Share, part: Share): Share {
  const nanos = Math.round(whole.cpus * 1e9) - Math.round(part.cpus * 1e9);
  return { memory: whole.memory - part.memory, swap: whole.swap - part.swap, cpus: nanos / 1e9 };
}

function wholeMib(bytes: number): number {
  return Math.floor(bytes / MIB) * MIB;
}

function problems(total: Share, consensus: Share, client: ConsensusClient, profile: NetworkProfile): readonly BudgetProblem[] {
  const found: BudgetProblem[] = [];
  const execution = rest(total, consensus);
  const geth = executionNeeds(profile).minimum;
  const own = clientNeeds(client, profile).minimum;
  if (Math.min(execution.memory, consensus.memory) < ENGINE_LEAST_MEMORY) {
    const message = `--memory ${formatSize(total.memory)} leaves a part of the node less than the engine's least limit of 6 MiB.`;
    found.push({ field: 'memory', message, forceable: false });
  } else if (total.memory < geth + own) {
    const sum = `${formatSize(geth)} for geth + ${formatSize(own)} for ${client.title} = ${formatSize(geth + own)}`;
    const message = `--memory ${formatSize(total.memory)} cannot run ${profile.name} with ${client.title} beside geth: it needs ${sum}.`;
    found.push({ field: 'memory', message, forceable: true });
  }
  if (consensus.cpus * 100 < ENGINE_LEAST_CENTS) {
    found.push({
      field: 'cpus',
      message: `--cpus ${total.cpus} is too little to divide between geth and ${client.title}.`,
      forceable: false,
    });
  }
  return found;
}
