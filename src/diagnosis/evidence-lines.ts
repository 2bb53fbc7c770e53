import { printable } from '../node/printable.ts';
import { formatSize } from '../node/size.ts';
import type { EngineEvent } from '../ports/engine-events.ts';
import type { CaseEvidence } from './evidence.ts';
import type { KernelRecord } from './kernel/kernel-record.ts';
import type { SignedLine } from './signatures/signature.ts';
import type { EvidenceLine } from './verdict.ts';

const LONGEST = 300;

/** One line of evidence; the value is made fit for a terminal and cut. */
export function line(source: string, value: string, at: number | null = null): EvidenceLine {
  return { source, value: printable(value, LONGEST), at: at === null || Number.isNaN(at) ? null : at };
}

/** A field of the engine's own account of the container. */
export function stateLine(
  { container }: CaseEvidence,
  field: string,
  value: string | number | boolean,
  at: number | null = null,
): EvidenceLine {
  return line(`GET /containers/${container.name}/json ${field}`, String(value), at);
}

/** The exit code, as far as somebody remembers it. */
export function exitLine(evidence: CaseEvidence): EvidenceLine {
  const { exitCode, endedAt } = evidence.run;
  if (evidence.present) return stateLine(evidence, 'State.ExitCode', exitCode ?? 'not known', endedAt);
  return line('engine event die', `exit code ${exitCode ?? 'not known'}`, endedAt);
}

/** Whether the engine says that something was killed in it for want of memory. */
export function oomFlagLine(evidence: CaseEvidence): EvidenceLine {
  const { oomKilled } = evidence.run;
  const value = oomKilled === null ? 'not known' : String(oomKilled);
  return evidence.present ? stateLine(evidence, 'State.OOMKilled', value) : line('engine event oom', value);
}

export function eventLine({ action, signal, exitCode, time }: EngineEvent): EvidenceLine {
  const more = signal === undefined ? (exitCode === undefined ? '' : ` exit code ${exitCode}`) : ` signal ${signal}`;
  return line('engine event', `${action}${more}`, time);
}

/** The lines of a kernel record that tell most: of an out-of-memory block the verdict and the kill, of others the first. */
export function kernelLines(record: KernelRecord, source: string): readonly EvidenceLine[] {
  const telling = record.lines.filter((text) => /oom-kill:|[Kk]illed process|Task in |memory: usage/.test(text));
  return (telling.length > 0 ? telling : record.lines).slice(0, 3).map((text) => line(source, text, record.at));
}

export function logLine({ text, at }: SignedLine, role: CaseEvidence['role']): EvidenceLine {
  return line(role === 'execution' ? "geth's log" : 'its log', text, at);
}

/** The limits of memory and swap of the container. */
export function limitLine(evidence: CaseEvidence): EvidenceLine {
  const { memory, memorySwap } = evidence.container.limits;
  const swap = memorySwap < 0 ? 'swap without a limit' : `${formatSize(Math.max(0, memorySwap - memory))} of swap`;
  return stateLine(evidence, 'HostConfig.Memory', memory > 0 ? `${formatSize(memory)} and ${swap}` : 'no limit');
}

/** How many programs the kernel has killed for want of memory since the boot, whoever they were; nothing where it was none. */
export function killCount({ host }: CaseEvidence): readonly EvidenceLine[] {
  if (host.oomKills === null || host.oomKills === 0) return [];
  return [line('/proc/vmstat oom_kill', `${host.oomKills} since the boot, of whatever program`)];
}
