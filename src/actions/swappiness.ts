import { NodectlError } from '../errors.ts';
import type { HostStep } from '../host/host-step.ts';
import { wholeNumber } from '../host/kernel/whole-number.ts';
import { planSwappiness, planSwappinessUndo, SWAPPINESS_FILE, SWAPPINESS_KEY } from '../host/swappiness/plan-swappiness.ts';
import { checkSwappiness, mostSwappiness } from '../host/swappiness/swappiness-range.ts';
import { lastWord, SYSCTL_FILE } from '../host/swappiness/sysctl-file.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { World } from '../ports.ts';
import { applyHostSteps, type HostHands } from './apply-host-steps.ts';
import { alone, refuseWithoutRoot, type ToldStep, toldSteps } from './change-host.ts';

export interface SwappinessRequest {
  /** Undefined only shows. */
  readonly value: number | undefined;
  /** Takes nodectl's setting back. */
  readonly undo: boolean;
}

export interface SwappinessReport {
  readonly swappiness: number;
  /** The largest value of this kernel. */
  readonly most: number;
  /** The file that has the last word at boot, and its value; null where none sets it and the kernel's own 60 holds. */
  readonly atBoot: { readonly file: string; readonly value: string } | null;
  /** Whether the value now is also that of the next boot. */
  readonly persistent: boolean;
  /** What cgroup v1 gave the engine's containers; they keep it until it is changed there. Null where cgroups have none of their own. */
  readonly containers: number | null;
  readonly changed: boolean;
  readonly steps: readonly ToldStep[];
}

/** mm/vmscan.c */
const KERNEL_DEFAULT = '60';

/** Shows vm.swappiness, sets it now and for every boot, or takes that back. */
export async function swappiness({ value, undo }: SwappinessRequest, world: World): Promise<SwappinessReport> {
  if (undo && value !== undefined) {
    throw new NodectlError('USAGE', 'A value and --undo exclude each other.', { hint: 'See `nodectl host swappiness --help`.' });
  }
  const hands = { files: await world.hostFiles(), changes: await world.hostChanges() };
  const { files, changes } = hands;
  if (value === undefined && !undo) return report([], files);
  if (value !== undefined) checkSwappiness(value, textOf(files, '/proc/sys/kernel/osrelease') ?? '');
  const first = plan(value, hands);
  if (first.length === 0) return report([], files);
  refuseWithoutRoot(files.uid, `nodectl host swappiness ${value ?? '--undo'}`, first);
  const done = await alone(changes, world, async () => {
    const steps = plan(value, hands);
    await applyHostSteps(steps, hands, world);
    return steps;
  });
  return report(done, files);
}

function plan(value: number | undefined, { files }: HostHands): readonly HostStep[] {
  const read = files.read(SYSCTL_FILE);
  const text = 'text' in read ? read.text : undefined;
  if (('failure' in read && read.failure !== 'missing') || text?.includes('\uFFFD')) {
    throw new NodectlError('HOST_REFUSED', `${SYSCTL_FILE} cannot be read as text, so nodectl does not touch it.`, {
      hint: 'Correct or remove it.',
    });
  }
  const facts = { now: valueNow(files), text };
  return value === undefined ? planSwappinessUndo(facts) : planSwappiness(value, facts);
}

function report(steps: readonly HostStep[], files: HostFiles): SwappinessReport {
  const now = valueNow(files);
  const last = lastWord(sysctlTexts(files), SWAPPINESS_KEY);
  return {
    swappiness: now,
    most: mostSwappiness(textOf(files, '/proc/sys/kernel/osrelease') ?? ''),
    atBoot: last === undefined ? null : { file: last.path, value: last.value },
    persistent: (last?.value ?? KERNEL_DEFAULT) === String(now),
    containers: wholeNumber(textOf(files, '/sys/fs/cgroup/memory/docker/memory.swappiness') ?? '') ?? null,
    changed: steps.length > 0,
    steps: toldSteps(steps),
  };
}

/**
 * A file hides those of the same name in the folders after its own (sysctl.d(5)). systemd reads /etc/sysctl.conf only by the link
 * 99-sysctl.conf, where a distribution has it; without systemd it is read after all others (sysctl(8), --system).
 */
function sysctlTexts(files: HostFiles): readonly { path: string; text: string }[] {
  const paths = new Map<string, string>();
  for (const folder of ['/etc/sysctl.d', '/run/sysctl.d', '/usr/local/lib/sysctl.d', '/usr/lib/sysctl.d', '/lib/sysctl.d']) {
    for (const name of files.list(folder) ?? []) if (name.endsWith('.conf') && !paths.has(name)) paths.set(name, `${folder}/${name}`);
  }
  const systemd = files.status('/run/systemd/system') !== undefined;
  return [...paths.values(), ...(systemd ? [] : ['/etc/sysctl.conf'])].flatMap((path) => {
    const text = textOf(files, path);
    return text === undefined ? [] : [{ path, text }];
  });
}

function valueNow(files: HostFiles): number {
  const now = wholeNumber(textOf(files, SWAPPINESS_FILE) ?? '');
  if (now === undefined) throw new NodectlError('HOST_REFUSED', `This kernel shows no ${SWAPPINESS_FILE}.`, { hint: '' });
  return now;
}

function textOf(files: HostFiles, path: string): string | undefined {
  const read = files.read(path);
  return 'text' in read ? read.text : undefined;
}
