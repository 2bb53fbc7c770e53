import * as z from 'zod/mini';
import { type DiagnoseRequest, diagnose } from '../../actions/diagnose.ts';
import type { DiagnosisFix } from '../../actions/fix-diagnosed.ts';
import type { BundleReport, BundleRequest } from '../../actions/write-bundle.ts';
import type { Diagnosis } from '../../diagnosis/report.ts';
import type { World } from '../../ports.ts';
import type { Command } from '../command.ts';
import { bundleText, diagnosisFixText } from '../diagnosis-fix-text.ts';
import { diagnosisText } from '../diagnosis-text.ts';
import { flag, nodeName } from '../option-values.ts';
import { timeOption } from '../time-option.ts';
import { diagnosisSchema } from './diagnose-schema.ts';

interface Input extends DiagnoseRequest {
  readonly bundle: BundleRequest | undefined;
  readonly fix: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
}

interface Report extends Diagnosis {
  readonly bundle: BundleReport | null;
  readonly fix: DiagnosisFix | null;
}

const Policy = z.optional(z.enum(['keep', 'hash'], 'is keep or hash'));

const Input = z.pipe(
  z
    .strictObject({
      node: nodeName,
      container: z.optional(z.string().check(z.regex(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/, "is no container's name"))),
      ...{ since: z.optional(timeOption), all: flag, fix: flag, yes: flag, dryRun: flag },
      bundle: z.optional(z.string().check(z.minLength(1, 'needs a file'))),
      ...{ bundleIps: Policy, bundleEnodes: Policy },
    })
    .check(
      z.refine(({ node, container }) => node === undefined || container === undefined, 'a node and --container exclude each other'),
      z.refine(({ fix, yes, dryRun }) => fix || !(yes || dryRun), '--yes and --dry-run go with --fix'),
      z.refine(
        ({ bundle, bundleIps, bundleEnodes }) => bundle !== undefined || (bundleIps === undefined && bundleEnodes === undefined),
        '--bundle-ips and --bundle-enodes go with --bundle',
      ),
    ),
  z.transform(({ bundle: path, bundleIps: ips = 'hash', bundleEnodes: enodes = 'hash', ...rest }): Input => {
    return { ...rest, bundle: path === undefined ? undefined : { path, policy: { ips, enodes } } };
  }),
);

export const command: Command<Input, Report> = {
  summary: 'tell why a node died or is ill, how sure that is, and what helps; the exit code is the verdict',
  arguments: [{ usage: '[node]', help: 'left out when there is exactly one', completes: 'node' }],
  options: [
    {
      flags: '--container <name>',
      help: "any container of this engine, also one that nodectl did not make, in a node's place",
      completes: 'nothing',
    },
    { flags: '--since <time>', help: 'count deaths from a time on: 12h ago, or 2026-11-21T10:00:00Z (default: 1d)', completes: 'nothing' },
    { flags: '--all', help: 'every run that is known, each judged by its log, too' },
    { flags: '--bundle <file>', help: 'write what was read, without secrets, into a new .tar.gz; - is standard output', completes: 'file' },
    {
      flags: '--bundle-ips <how>',
      help: 'public IP addresses in it: hash into names that mean nothing outside it (default), or keep',
      completes: ['hash', 'keep'],
    },
    { flags: '--bundle-enodes <how>', help: 'identities of peers in it: hash (default) or keep', completes: ['hash', 'keep'] },
    { flags: '--fix', help: 'do what remedies the verdict, where nodectl can' },
    { flags: '--dry-run', help: 'with --fix: print the steps and change nothing' },
    { flags: '-y, --yes', help: 'with --fix: do not ask' },
  ],
  examples: [
    'nodectl diagnose',
    'nodectl why mainnet --since 7d',
    'nodectl diagnose mainnet --all --json',
    'nodectl diagnose --container geth_container',
    'nodectl diagnose mainnet --fix --dry-run',
    'nodectl diagnose mainnet --bundle mainnet.tar.gz',
  ],
  input: Input,
  // Not made at every start: only the reference and the tests read it.
  get report() {
    return diagnosisSchema();
  },
  run,
  render: (report, style) => {
    const { bundle, fix } = report;
    const blocks = [...(fix === null ? [] : [diagnosisFixText(fix, style)]), ...(bundle === null ? [] : [bundleText(bundle)])];
    return [diagnosisText(report, style), ...blocks].join('\n\n');
  },
  exit: ({ code, fix }) => (fix?.applied ? 0 : code),
  filledOutput: ({ bundle }) => bundle?.path === '-',
};

/** What only some ask for is loaded for them alone. */
async function run(input: Input, world: World): Promise<Report> {
  const { bundle: wanted, fix } = input;
  const bundles = wanted === undefined ? undefined : await import('../../actions/write-bundle.ts');
  if (wanted !== undefined) await bundles?.refuseBundle(wanted, world);
  const { report, cases } = await diagnose(input, world);
  const bundle = wanted === undefined ? undefined : await bundles?.writeBundle(wanted, { report, cases }, world);
  if (!fix) return { ...report, bundle: bundle ?? null, fix: null };
  const { fixDiagnosed } = await import('../../actions/fix-diagnosed.ts');
  return { ...report, bundle: bundle ?? null, fix: await fixDiagnosed(cases, input, world) };
}
