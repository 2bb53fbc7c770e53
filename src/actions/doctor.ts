import { NodectlError } from '../errors.ts';
import { type Finding, SEVERITIES, type Severity } from '../finding.ts';
import type { Check, EngineSight, Eyes, Subject } from '../host/check.ts';
import { CHECKS } from '../host/checks/index.ts';
import { chooseChecks } from '../host/choose-checks.ts';
import { seesHost } from '../host/sees-host.ts';
import type { World } from '../ports.ts';
import type { FixReport } from './fix-host.ts';
import { lookAround } from './look-around.ts';
import { resolveNetwork } from './resolve-network.ts';
import { runChecks } from './run-checks.ts';

/** `doctor` in typed options; undefined = left out. Sizes in bytes. */
export interface DoctorRequest {
  /** Ids or groups; none for all. */
  readonly checks: readonly string[];
  /** A profile's name, or the path of a profile or genesis file. */
  readonly network: string | undefined;
  readonly memory: number | undefined;
  readonly swap: number | undefined;
  readonly storage: number | undefined;
  readonly cpus: number | undefined;
  readonly runtime: string | undefined;
}

/** Every finding, and at whom doctor looked. */
export interface DoctorReport {
  /** The engine that answered; null where none did, and docker.reach says why. */
  readonly engine: { readonly endpoint: string; readonly version: string; readonly host: string } | null;
  /** False where the checks of the host were not judged, since the engine runs on another one. */
  readonly hostSeen: boolean;
  /** The network it was asked for. */
  readonly network: string | null;
  readonly nodes: readonly string[];
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<Severity, number>>;
  readonly tookMs: number;
  /** What was, or would be, done about them; null where it was not asked for. */
  readonly fix: FixReport | null;
}

/**
 * Looks at the engine and its host with every check that is asked for, all at once. An engine that cannot be reached is a finding,
 * and the host is looked at all the same. USAGE for a check that does not exist.
 */
export async function doctor(request: DoctorRequest, world: World, all: readonly Check[] = CHECKS): Promise<DoctorReport> {
  return (await examine(request, world, all)).report;
}

/** As `doctor`, with the eyes it looked with and what it looked for. */
export async function examine(
  request: DoctorRequest,
  world: World,
  all: readonly Check[] = CHECKS,
): Promise<{ readonly report: DoctorReport; readonly eyes: Eyes; readonly subject: Subject }> {
  const begun = world.clock.now();
  const checks = chooseChecks(request.checks, all);
  const { memory, swap, storage, cpus, runtime } = request;
  const network = request.network === undefined ? undefined : resolveNetwork(request.network, await world.profiles()).profile;
  const { eyes, subject } = await lookAround({ network, memory, swap, storage, cpus, runtime }, world);
  const findings = await runChecks(checks, eyes, subject, world.clock);
  if (world.signal.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted.');
  const report = {
    engine: engineSeen(eyes.engine),
    hostSeen: seesHost(eyes.engine),
    network: network?.name ?? null,
    nodes: subject.tenants.map(({ name }) => name),
    findings,
    counts: countBySeverity(findings),
    tookMs: world.clock.now() - begun,
    fix: null,
  };
  return { report, eyes, subject };
}

function engineSeen(sight: EngineSight): DoctorReport['engine'] {
  if (!('info' in sight)) return null;
  const { endpoint, serverVersion, hostname } = sight.info;
  return { endpoint, version: serverVersion, host: hostname };
}

export function countBySeverity(findings: readonly Finding[]): DoctorReport['counts'] {
  const counts = Object.fromEntries(SEVERITIES.map((severity) => [severity, 0])) as Record<Severity, number>;
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
