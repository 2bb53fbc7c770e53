import type { DoctorReport } from '../actions/doctor.ts';
import type { Finding, Severity } from '../finding.ts';
import { groupOf } from '../host/choose-checks.ts';
import type { Style } from './style.ts';

const MARKS = {
  fail: ['✗', 'red'],
  warn: ['!', 'yellow'],
  unknown: ['?', 'cyan'],
  info: ['i', 'dim'],
  ok: ['✓', 'green'],
} as const satisfies Record<Severity, readonly [string, Parameters<Style['paint']>[0]]>;

/** Group → title, in the order of the report. */
const TITLES: Readonly<Record<string, string>> = {
  docker: 'Docker engine',
  cg: 'Control groups',
  mem: 'Memory',
  swap: 'Swap',
  vm: 'Kernel settings',
  thp: 'Kernel settings',
  oom: 'Out of memory',
  cpu: 'Machine',
  virt: 'Machine',
  time: 'Machine',
  ulimit: 'Nodes',
  stop: 'Nodes',
  log: 'Nodes',
  disk: 'Disk',
  vol: 'Disk',
  net: 'Network',
  sec: 'Security',
};

/** What has to be done first, worst first and with its commands; then everything that was looked at, by group; then the sum. */
export function doctorText(report: DoctorReport, style: Style): string {
  const { findings } = report;
  const bad = (['fail', 'warn'] as const).flatMap((severity) => findings.filter((finding) => finding.severity === severity));
  const good = findings.filter(({ severity }) => severity !== 'fail' && severity !== 'warn');
  const width = Math.max(0, ...findings.map(({ id }) => id.length));
  const line = (finding: Finding) => findingLine(finding, width, style);
  const blocks = [
    whom(report),
    bad.map((finding) => [line(finding), ...remedyLines(finding, style)].join('\n')).join('\n'),
    ...inGroups(good).map(([title, members]) =>
      [
        style.paint('bold', title),
        ...members.flatMap((finding) => [line(finding), ...remedyLines(finding, style)].map((text) => `  ${text}`)),
      ].join('\n'),
    ),
    summary(report),
  ];
  return blocks.filter((block) => block !== '').join('\n\n');
}

function whom({ engine, hostSeen, network, nodes }: DoctorReport): string {
  const whose = [...(network === null ? [] : [`for ${network}`]), ...(nodes.length === 0 ? [] : [`nodes: ${nodes.join(', ')}`])].join('; ');
  return `${place(engine, hostSeen)}${whose === '' ? '' : `, ${whose}`}.`;
}

function place(engine: DoctorReport['engine'], hostSeen: boolean): string {
  if (engine === null)
    return hostSeen ? 'Looked at this machine, without an engine' : 'Saw neither the engine nor its host, which is another one';
  const elsewhere = hostSeen ? '' : ' (another host: its own files are not seen from here)';
  return `Looked at Docker ${engine.version} at ${engine.endpoint} on ${engine.host}${elsewhere}`;
}

function findingLine({ id, severity, meaning }: Finding, width: number, style: Style): string {
  const [mark, tone] = MARKS[severity];
  return `${style.paint(tone, mark)} ${id.padEnd(width)}  ${meaning}`;
}

function remedyLines({ remedy, fixable }: Finding, style: Style): readonly string[] {
  if (remedy === null) return [];
  const { text, commands } = remedy;
  return [
    `    ${text}${fixable ? style.paint('dim', ' (fixable)') : ''}`,
    ...commands.map((command) => `      ${style.paint('cyan', command)}`),
  ];
}

function inGroups(findings: readonly Finding[]): readonly (readonly [string, readonly Finding[]])[] {
  const titleOf = (finding: Finding) => TITLES[groupOf(finding)] ?? 'Other';
  return [...new Set([...Object.values(TITLES), 'Other'])].flatMap((title) => {
    const members = findings.filter((finding) => titleOf(finding) === title);
    return members.length === 0 ? [] : [[title, members] as const];
  });
}

function summary({ counts, findings, tookMs }: DoctorReport): string {
  const { fail, warn, unknown } = counts;
  const parts = [
    ...(fail > 0 ? [`${fail} failed`] : []),
    ...(warn > 0 ? [`${warn} ${warn === 1 ? 'warning' : 'warnings'}`] : []),
    ...(unknown > 0 ? [`${unknown} could not be told`] : []),
    `${counts.ok + counts.info} fine`,
  ];
  return `${findings.length} checks in ${tookMs} ms: ${parts.join(', ')}.`;
}
