import type { Observed } from '../../finding.ts';
import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { cgroupLayout } from '../kernel/cgroup-layout.ts';
import { parseSwaps } from '../kernel/swaps.ts';
import { wholeNumber } from '../kernel/whole-number.ts';
import { textOf } from '../place.ts';

const SYSCTL = '/proc/sys/vm/swappiness';

interface Evidence {
  readonly value: number | undefined;
  /** The group that new containers copy theirs from, on v1; undefined on v2 or before the first container. */
  readonly group: { readonly path: string; readonly value: number } | undefined;
  readonly compressed: boolean;
}

/** Keeps geth's heap in RAM and drops pages of files first. */
const CALM_VALUE = 10;

export const vmSwappiness = check({
  id: 'vm.swappiness',
  question: 'does the kernel swap when it should, and not before',
  looksAt: 'host',
  probe({ files }): Evidence {
    const number = (path: string) => wholeNumber(textOf(files, path) ?? '');
    const memory = cgroupLayout(textOf(files, '/proc/self/mountinfo') ?? '').controllers.memory;
    const path = `${memory}/docker/memory.swappiness`;
    const value = memory === undefined ? undefined : number(path);
    const zswap = textOf(files, '/sys/module/zswap/parameters/enabled')?.trim() === 'Y';
    const zram = parseSwaps(textOf(files, '/proc/swaps') ?? '').some(({ kind }) => kind === 'zram');
    return { value: number(SYSCTL), group: value === undefined ? undefined : { path, value }, compressed: zswap || zram };
  },
  judge({ value, group, compressed }) {
    const read: Observed[] = [
      { source: SYSCTL, value: value === undefined ? 'not readable' : String(value) },
      ...(group === undefined ? [] : [{ source: group.path, value: String(group.value) }]),
    ];
    if (value === undefined) return calm('unknown', 'How readily the kernel swaps could not be read.', read);
    const remedy = { text: 'Set it, now and for every boot.', commands: [`nodectl host swappiness ${CALM_VALUE}`] };
    if (value === 0 || group?.value === 0) {
      return harm(
        'fail',
        'At 0 the kernel does not swap a node out: at its memory limit it is killed although it may swap.',
        read,
        remedy,
        true,
      );
    }
    if (group !== undefined && group.value !== value) {
      const meaning = `The host swaps at ${value}, but containers at ${group.value}: on cgroup v1 they copied it when the engine started.`;
      return harm('warn', meaning, read, { ...remedy, commands: [`nodectl host swappiness ${value}`] }, true);
    }
    if (value > 100 && !compressed) {
      return harm(
        'warn',
        `At ${value} the kernel swaps a node out rather than drop pages of files; that is for compressed memory alone.`,
        read,
        remedy,
        true,
      );
    }
    if (value <= CALM_VALUE) return calm('ok', `At ${value} the kernel swaps late and keeps a node's memory in RAM.`, read);
    const meaning = `At ${value} the kernel swaps a node's memory out in favour of files it may read again; a lower value keeps it in RAM.`;
    return { severity: 'info', read, meaning, remedy, fixable: true };
  },
});
