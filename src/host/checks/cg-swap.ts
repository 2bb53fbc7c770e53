import type { Remedy } from '../../finding.ts';
import { type BootLoader, findBootLoader } from '../boot-loader.ts';
import { type CgroupEvidence, probeCgroups } from '../cgroup-evidence.ts';
import { check } from '../check.ts';
import { engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { type KernelVersion, parseKernelVersion } from '../kernel/kernel-version.ts';
import { type Place, probePlace, textOf } from '../place.ts';
import { seesHost } from '../sees-host.ts';
import { accountingRemedy, isFixableByParameter, probeSwapFiles, type SwapFiles } from '../swap-accounting.ts';

interface Evidence extends CgroupEvidence {
  readonly swapFiles: SwapFiles;
  readonly kernel: KernelVersion | undefined;
  /** Whether the kernel knows swap at all. */
  readonly knowsSwap: boolean;
  readonly loader: BootLoader | undefined;
  readonly place: Place;
}

export const cgSwap = check({
  id: 'cg.swap',
  question: 'does a swap limit hold, as the engine and as the kernel see it',
  looksAt: 'engine',
  probe(eyes): Evidence {
    const cgroups = probeCgroups(eyes);
    const { files } = eyes;
    return {
      ...cgroups,
      swapFiles: probeSwapFiles(cgroups.layout, files),
      kernel: parseKernelVersion(engineFacts(eyes.engine)?.kernelVersion ?? textOf(files, '/proc/sys/kernel/osrelease') ?? ''),
      knowsSwap: !seesHost(eyes.engine) || files.status('/proc/swaps') !== undefined,
      loader: findBootLoader(files),
      place: probePlace(files),
    };
  },
  judge(evidence) {
    const { info, swapFiles } = evidence;
    const engine = info?.enforces.swap;
    const read = [
      ...(engine === undefined ? [] : [{ source: 'GET /info SwapLimit', value: String(engine) }]),
      ...(swapFiles.source === undefined ? [] : [{ source: swapFiles.source, value: swapFiles.found }]),
    ];
    const { found } = swapFiles;
    if (engine === true && found === 'absent') {
      return calm(
        'unknown',
        'The engine accounts swap, but the files seen here do not: nodectl looks from another place than the engine.',
        read,
      );
    }
    if (engine === true || (engine === undefined && found === 'present')) return calm('ok', 'A node is held to its swap limit.', read);
    if (engine === undefined && found === 'unknown') return calm('unknown', 'Whether swap limits hold could not be read.', read);
    if (engine === false && found === 'present') {
      const meaning =
        'The kernel accounts swap, but the engine does not see it and leaves a node unlimited swap: it was started outside of a service, in the root control group (Podman says so also where the limit holds).';
      return harm('warn', meaning, read, { text: 'Let the service manager start the engine.', commands: ['systemctl restart docker'] });
    }
    const meaning =
      'Swap is not accounted: a node with any limits may take all swap of the host ("memory limited without swap" means without a limit of swap).';
    return harm('fail', meaning, read, remedyOf(evidence), isFixableByParameter(evidence));
  },
});

function remedyOf(evidence: Evidence): Remedy {
  if (evidence.info?.local === false) return { text: 'Run doctor on that host: the remedy depends on how it boots.', commands: [] };
  return accountingRemedy(evidence);
}
