import * as z from 'zod/mini';
import type { UpReport } from '../../actions/up.ts';
import { formatSize } from '../../node/size.ts';
import { NodeSpecSchema } from '../../node/spec.ts';
import { storageText } from '../../node/storage/storage-facts.ts';
import { EnforcementSchema } from '../enforcement-schema.ts';
import { EndpointsSchema, StartSchema, startLines } from '../start-report.ts';
import { StorageFactsSchema } from '../storage-schema.ts';
import type { Style } from '../style.ts';

const StepSchema = z.object({
  kind: z.enum([
    'provide-image',
    'remove-leftover',
    'provide-storage',
    'provide-guard',
    'create-volume',
    'prepare-volume',
    'create-network',
    'init-chain',
    'make-key',
    'begin-database',
    'stop-container',
    'remove-container',
    'create-container',
    'rename-container',
    'update-limits',
    'start-container',
  ]),
  what: z.string(),
  cause: z.string(),
});

export const UpReportSchema: z.ZodMiniType<UpReport> = z.object({
  node: z.string(),
  network: z.string(),
  dryRun: z.boolean(),
  changed: z.boolean(),
  steps: z.array(StepSchema),
  drift: z.array(z.object({ field: z.string(), from: z.string(), to: z.string(), live: z.boolean() })),
  spec: NodeSpecSchema,
  dockerRun: z.string(),
  container: z.string(),
  volume: z.string(),
  endpoints: EndpointsSchema,
  limits: z.array(EnforcementSchema),
  consensus: z.nullable(
    z.object({
      container: z.string(),
      volume: z.string(),
      endpoint: z.string(),
      dockerRun: z.string(),
      /** Bytes and CPUs that are left for geth. */
      execution: z.object({ memory: z.number(), swap: z.number(), cpus: z.number() }),
      limits: z.array(EnforcementSchema),
    }),
  ),
  /** Null where no client began from a checkpoint in this run. */
  checkpoint: z.nullable(
    z.object({
      from: z.string(),
      /** Of the block that is final for the client. */
      root: z.nullable(z.string()),
      slot: z.nullable(z.number()),
      /** Another provider that has the block. */
      confirmedBy: z.nullable(z.string()),
      /** Why nobody confirmed it. */
      reason: z.nullable(z.string()),
    }),
  ),
  storage: StorageFactsSchema,
  start: z.nullable(StartSchema),
  notes: z.array(z.string()),
});

/** `up` and `plan` as text: what changes and why, what is in force, where it answers. */
export function renderUp(report: UpReport, style: Style): string {
  const lines = [headline(report, style)];
  const live = report.drift.every((field) => field.live) ? ' (while it runs)' : '';
  for (const field of report.drift) lines.push(`  ${field.field}: ${field.from} → ${field.to}${live}`);
  if (report.dryRun) {
    report.steps.forEach((step, index) => {
      lines.push(`  ${index + 1}. ${step.what} ${style.paint('dim', `because ${step.cause}`)}`);
    });
    lines.push(
      '',
      style.paint('bold', 'The same as'),
      `  ${report.dockerRun}`,
      ...(report.consensus === null ? [] : [`  ${report.consensus.dockerRun}`]),
      '',
      'Nothing would be lost: the chain stays in its volume.',
    );
  }
  lines.push('', ...specLines(report), ...report.notes.map((note) => style.paint('yellow', `! ${note}`)));
  if (report.start !== null) lines.push(...startLines(report.start, style));
  if (report.checkpoint?.confirmedBy) {
    const { from, slot, confirmedBy } = report.checkpoint;
    lines.push(`The client began at a block of ${from} that ${confirmedBy} has too (slot ${slot}).`);
  }
  return lines.join('\n');
}

function headline(report: UpReport, style: Style): string {
  const node = style.paint('bold', report.node);
  if (report.dryRun) return report.steps.length === 0 ? `${node}: nothing to do.` : `${node}: ${report.steps.length} steps planned.`;
  return report.changed ? `${node} is up.` : `${node} is up; nothing had to change.`;
}

function specLines(report: UpReport): readonly string[] {
  const { spec, limits, consensus, endpoints, storage, volume } = report;
  const held = (rows: UpReport['limits'], limit: string) => rows.find((row) => row.limit === limit)?.enforced === true;
  const inForce = (limit: string) => (held(limits, limit) && (consensus === null || held(consensus.limits, limit)) ? ' (in force)' : '');
  const rows: [string, string][] = [
    ['network', `${spec.network} (chain ${spec.chainId}), ${spec.mode}`],
    spec.light === null
      ? ['geth', `${spec.geth} from ${spec.image.ref} (${spec.image.origin})`]
      : ['light', `${spec.light.backend} from ${spec.image.ref} (${spec.image.origin})`],
    ...consensusRows(report),
    ['memory', `${formatSize(spec.memory)}${split(report, 'memory', formatSize)}${inForce('memory')}`],
    ['swap', `${formatSize(spec.swap)} beyond memory${split(report, 'swap', formatSize)}${inForce('swap')}`],
    ['cpus', `${spec.cpus}${split(report, 'cpus', String)}${inForce('cpus')}`],
    ...(spec.history === 'all' ? [] : [['history', `blocks kept: ${spec.history}`] as [string, string]]),
    ...(spec.mining === null ? [] : [['seals', `as ${spec.mining.etherbase}`] as [string, string]]),
    ...(spec.lightPeers === 0 ? [] : [['serves', `${spec.lightPeers} light clients`] as [string, string]]),
    ['storage', storageText(storage)],
    ['volume', volume],
    ['http', endpoints.http],
    ...(endpoints.ws === null ? [] : [['ws', endpoints.ws] as [string, string]]),
  ];
  const width = Math.max(8, ...rows.map(([name]) => name.length));
  return rows.map(([name, value]) => `  ${name.padEnd(width)} ${value}`);
}

/** `: 2 GiB geth, 1 GiB prysm`, where two parts share a limit. */
function split({ spec, consensus }: UpReport, limit: 'memory' | 'swap' | 'cpus', show: (value: number) => string): string {
  if (consensus === null || spec.consensus?.kind !== 'client') return '';
  return `: ${show(consensus.execution[limit])} geth, ${show(spec.consensus[limit])} ${spec.consensus.client}`;
}

function consensusRows({ spec, consensus }: UpReport): [string, string][] {
  switch (spec.consensus?.kind) {
    case undefined:
      return [];
    case 'builtin':
      return [['consensus', `geth's own, by ${spec.consensus.beaconApis.join(', ')}`]];
    case 'external':
      return [['consensus', `your own, at http://${spec.consensus.engine.hostIp}:${spec.consensus.engine.port}`]];
    case 'client': {
      const { client, image, checkpoints } = spec.consensus;
      return [
        ['consensus', `${client} from ${image.ref} (${image.origin}), REST at ${consensus?.endpoint ?? ''}`],
        ['begins', checkpoints.length === 0 ? 'from the genesis state' : `from a checkpoint of ${checkpoints.join(', ')}`],
      ];
    }
  }
}
