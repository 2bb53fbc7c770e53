import * as z from 'zod/mini';
import { type DoctorReport, type DoctorRequest, doctor } from '../../actions/doctor.ts';
import type { ExitCode } from '../../errors.ts';
import { SEVERITIES } from '../../finding.ts';
import { CHECKS } from '../../host/checks/index.ts';
import { checkWords } from '../../host/choose-checks.ts';
import { type CheckList, listChecks } from '../../host/list-checks.ts';
import type { World } from '../../ports.ts';
import type { Command } from '../command.ts';
import { doctorText } from '../doctor-text.ts';
import { fixText } from '../fix-text.ts';
import { ToldStepsSchema } from '../host-steps.ts';
import { cpusOption, flag, sizeOption } from '../option-values.ts';
import { textTable } from '../text-table.ts';

type Input = DoctorRequest & { readonly list: boolean; readonly fix: boolean; readonly yes: boolean; readonly dryRun: boolean };

const Input = z.pipe(
  z
    .strictObject({
      checks: z._default(z.array(z.string()), []),
      for: z.optional(z.string().check(z.minLength(1, 'needs a network'))),
      memory: sizeOption('--memory'),
      swap: sizeOption('--swap'),
      storage: sizeOption('--storage'),
      cpus: cpusOption,
      runtime: z.optional(z.string().check(z.regex(/^[\w.-]{1,64}$/, "must be a runtime's name"))),
      list: flag,
      fix: flag,
      yes: flag,
      dryRun: flag,
    })
    .check(
      z.refine(({ fix, yes, dryRun }) => fix || !(yes || dryRun), '--yes and --dry-run go with --fix'),
      z.refine(({ fix, list }) => !(fix && list), '--list and --fix exclude each other'),
    ),
  z.transform(
    ({ for: network, ...rest }): Input => ({
      ...{ network, memory: undefined, swap: undefined, storage: undefined, cpus: undefined, runtime: undefined },
      ...rest,
    }),
  ),
);

export const command: Command<Input, DoctorReport | CheckList> = {
  summary: 'look for what would harm a node; exit 3 when a check fails',
  arguments: [{ usage: '[checks...]', help: 'ids or groups, for instance swap cg.version (default: all)', completes: checkWords(CHECKS) }],
  options: [
    {
      flags: '--for <network>',
      help: 'judge for a node of this network: a name, or the path of a profile or genesis.json',
      completes: 'network',
    },
    { flags: '--memory <size>', help: 'the memory limit it shall get', completes: 'nothing' },
    { flags: '--swap <size>', help: 'the swap it shall get beyond memory', completes: 'nothing' },
    { flags: '--storage <size>', help: 'the size its chain shall get', completes: 'nothing' },
    { flags: '--cpus <number>', help: 'the CPUs it shall get', completes: 'nothing' },
    { flags: '--runtime <name>', help: 'the runtime it shall run in, for instance runsc', completes: 'nothing' },
    { flags: '--fix', help: 'do what can be done about the findings, now and for every boot' },
    { flags: '--dry-run', help: 'with --fix: print the steps and change nothing' },
    { flags: '-y, --yes', help: 'with --fix: do not ask' },
    { flags: '--list', help: 'list the checks and what each asks' },
  ],
  examples: [
    'nodectl doctor',
    'nodectl doctor --for hoodi --memory 8G --swap 4G',
    'nodectl doctor swap mem.free --json',
    'nodectl doctor --fix --dry-run',
  ],
  input: Input,
  // Not made at every start: only the reference and the tests read it.
  get report() {
    return reportSchema();
  },
  run: async (input, world) => (input.list ? listChecks(input.checks) : input.fix ? fixed(input, world) : doctor(input, world)),
  render: (report, style) => {
    if ('findings' in report) return [doctorText(report, style), ...fixText(report.fix, style)].join('\n\n');
    return textTable(
      ['CHECK', 'LOOKS AT', 'QUESTION'],
      report.checks.map(({ id, looksAt, question }) => [id, looksAt, question]),
      style,
    );
  },
  exit: (report) => ('findings' in report ? doctorExit(report) : 0),
};

/** Loaded where it is asked for alone: most runs only look. */
async function fixed(input: Input, world: World): Promise<DoctorReport> {
  const { doctorFix } = await import('../../actions/doctor-fix.ts');
  return doctorFix(input, input, world);
}

/** 4 where there was nothing to look at: no engine, and no file that told anything. A warning alone is no failure. */
function doctorExit({ engine, findings, counts }: DoctorReport): ExitCode {
  const blind = engine === null && findings.every(({ id, severity }) => severity === 'unknown' || id === 'docker.reach');
  if (blind) return 4;
  return counts.fail > 0 ? 3 : 0;
}

function reportSchema() {
  const text = z.string();
  const finding = z.object({
    id: text,
    severity: z.enum(SEVERITIES),
    read: z.readonly(z.array(z.object({ source: text, value: text }))),
    meaning: text,
    remedy: z.nullable(z.object({ text, commands: z.readonly(z.array(text)) })),
    fixable: z.boolean(),
  });
  const seen = z.object({
    engine: z.nullable(z.object({ endpoint: text, version: text, host: text })),
    hostSeen: z.boolean(),
    network: z.nullable(text),
    nodes: z.readonly(z.array(text)),
    findings: z.readonly(z.array(finding)),
    counts: z.record(z.enum(SEVERITIES), z.number()),
    tookMs: z.number(),
    fix: z.nullable(
      z.object({
        steps: ToldStepsSchema,
        applied: z.boolean(),
        refused: z.readonly(z.array(z.object({ ids: z.readonly(z.array(text)), message: text, hint: text }))),
        afterwards: z.readonly(z.array(text)),
        before: z.readonly(z.array(finding)),
        after: z.readonly(z.array(finding)),
      }),
    ),
  });
  const list = z.object({ checks: z.readonly(z.array(z.object({ id: text, looksAt: z.enum(['engine', 'host']), question: text }))) });
  return z.union([seen, list]);
}
