import type { Remedy } from '../finding.ts';
import type { HostFiles } from '../ports/host-files.ts';
import { type BootLoader, type ParameterChange, parameterRemedy } from './boot-loader.ts';
import type { CgroupLayout } from './kernel/cgroup-layout.ts';
import { kernelParameter } from './kernel/command-line.ts';
import { isBefore, type KernelVersion } from './kernel/kernel-version.ts';
import { isForeignKernel, type Place } from './place.ts';

/** Whether the kernel's files show that swap is counted per control group, and the file that says so. */
export interface SwapFiles {
  readonly found: 'present' | 'absent' | 'unknown';
  readonly source: string | undefined;
}

/** Children that stand under the root of nearly every v2 tree; others are looked at after them. */
const USUAL_CHILDREN = ['system.slice', 'init.scope', 'user.slice', 'docker'];

/** On v1 the root itself has memory.memsw.limit_in_bytes; on v2 memory.swap.max is in every child that has the memory controller. */
export function probeSwapFiles(layout: CgroupLayout | undefined, files: HostFiles): SwapFiles {
  const memory = layout?.controllers.memory;
  if (memory !== undefined) {
    const source = `${memory}/memory.memsw.limit_in_bytes`;
    if (files.status(source) !== undefined) return { found: 'present', source };
    return { found: files.status(`${memory}/memory.limit_in_bytes`) === undefined ? 'unknown' : 'absent', source };
  }
  const root = layout?.unified;
  if (root === undefined || layout?.kind !== 'v2') return { found: 'unknown', source: undefined };
  let absent: string | undefined;
  for (const child of [...USUAL_CHILDREN, ...(files.list(root) ?? []).filter((name) => !USUAL_CHILDREN.includes(name))]) {
    const source = `${root}/${child}/memory.swap.max`;
    if (files.status(source) !== undefined) return { found: 'present', source };
    if (files.status(`${root}/${child}/memory.max`) !== undefined) absent ??= source;
  }
  return absent === undefined ? { found: 'unknown', source: undefined } : { found: 'absent', source: absent };
}

/** What decides how swap accounting comes back. */
export interface AccountingFacts {
  readonly kernel: KernelVersion | undefined;
  readonly commandLine: string;
  readonly knowsSwap: boolean;
  readonly loader: BootLoader | undefined;
  readonly place: Place;
  readonly layout: CgroupLayout | undefined;
}

/**
 * The change of the kernel's command line that brings swap accounting: `swapaccount=1` helps before 5.8, the word
 * `swapaccount=0` hurts up to 6.0, and from 6.1 on no parameter decides (kernel commits 2d1c498072de, b25806dcd3d5).
 */
export function accountingChange({ kernel, commandLine, knowsSwap }: AccountingFacts): ParameterChange | undefined {
  if (!knowsSwap || kernel === undefined || !isBefore(kernel, 6, 1)) return undefined;
  const remove = kernelParameter(commandLine, 'swapaccount') === '0' ? ['swapaccount=0'] : [];
  if (isBefore(kernel, 5, 8)) {
    return kernelParameter(commandLine, 'swapaccount') === '1' ? undefined : { add: ['swapaccount=1'], remove };
  }
  return remove.length === 0 ? undefined : { add: [], remove };
}

/** Whether nodectl itself can make that change here. */
export function isFixableByParameter(facts: AccountingFacts): boolean {
  return accountingChange(facts) !== undefined && facts.loader !== undefined && !isForeignKernel(facts.place);
}

export function accountingRemedy(facts: AccountingFacts): Remedy {
  const { kernel, knowsSwap, loader, place, layout } = facts;
  const change = accountingChange(facts);
  if (change !== undefined) return parameterRemedy(change, loader, place);
  if (kernel === undefined) return { text: 'Boot with swapaccount=1 where the kernel is older than 5.8.', commands: [] };
  const version = `${kernel.major}.${kernel.minor}`;
  if (!knowsSwap)
    return { text: `This kernel (${version}) was built without swap: boot one with CONFIG_SWAP and CONFIG_MEMCG.`, commands: [] };
  if (isBefore(kernel, 6, 1)) {
    return { text: `This kernel (${version}) was built without it: boot one with CONFIG_MEMCG_SWAP.`, commands: [] };
  }
  const v1 = layout?.kind !== 'v2' && !isBefore(kernel, 6, 11) ? ' and CONFIG_MEMCG_V1, or boot with cgroup v2' : '';
  return {
    text: `This kernel (${version}) needs no parameter for it; it was built without what it needs: CONFIG_SWAP, CONFIG_MEMCG${v1}.`,
    commands: [`grep -E 'CONFIG_(SWAP|MEMCG)' /boot/config-$(uname -r)`],
  };
}
