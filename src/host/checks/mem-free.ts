import type { Observed } from '../../finding.ts';
import { formatSize } from '../../node/size.ts';
import { check } from '../check.ts';
import { type Claim, claims } from '../claims.ts';
import { engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { type Meminfo, parseMeminfo } from '../kernel/meminfo.ts';
import { textOf } from '../place.ts';
import { seesHost } from '../sees-host.ts';

/** Of the RAM, what limits may promise together: the rest is the kernel's and the engine's. */
const PROMISABLE = 0.8;

interface Evidence {
  readonly memory: Meminfo | undefined;
  /** RAM of the engine's host by its own word. */
  readonly engineTotal: number | undefined;
}

export const memFree = check({
  id: 'mem.free',
  question: 'do the memory limits of all nodes fit into the host',
  looksAt: 'engine',
  probe: (eyes): Evidence => ({
    memory: seesHost(eyes.engine) ? parseMeminfo(textOf(eyes.files, '/proc/meminfo') ?? '') : undefined,
    engineTotal: engineFacts(eyes.engine)?.memory,
  }),
  judge({ memory, engineTotal }, subject) {
    const all = claims(subject);
    const total = memory?.total ?? engineTotal;
    const read: Observed[] = [
      ...(memory === undefined ? [] : [{ source: '/proc/meminfo MemTotal', value: formatSize(memory.total) }]),
      ...(memory === undefined ? [] : [{ source: '/proc/meminfo MemAvailable', value: formatSize(memory.available) }]),
      ...(memory !== undefined || engineTotal === undefined ? [] : [{ source: 'GET /info MemTotal', value: formatSize(engineTotal) }]),
      ...all.map((claim) => ({ source: `memory limit of ${claim.node}`, value: formatSize(claim.memory) })),
    ];
    if (total === undefined) return calm('unknown', 'How much memory the host has could not be read.', read);
    const sum = sumOf(all);
    const names = all.map(({ node }) => node).join(', ');
    const remedy = { text: 'Lower a limit, with --memory, or move a node to another host.', commands: lowering(all, total) };
    if (sum > total) {
      const meaning = `Limits promise ${formatSize(sum)} (${names}), the host has ${formatSize(total)}: it runs out of memory before a node reaches its limit.`;
      return harm('fail', meaning, read, remedy);
    }
    if (sum > total * PROMISABLE) {
      const meaning = `Limits promise ${formatSize(sum)} of ${formatSize(total)} (${names}): little is left for the host itself.`;
      return harm('warn', meaning, read, remedy);
    }
    const coming = all.filter(({ running }) => !running);
    if (memory !== undefined && sumOf(coming) > memory.available) {
      const meaning = `Only ${formatSize(memory.available)} is available now, less than ${coming.map(({ node }) => node).join(', ')} may take (${formatSize(sumOf(coming))}).`;
      return harm('warn', meaning, read, {
        text: 'End what else uses the memory, or lower the limit.',
        commands: lowering(coming, memory.available),
      });
    }
    const left = memory === undefined ? '' : `, ${formatSize(memory.available)} of it available`;
    if (all.length === 0) return calm('ok', `The host has ${formatSize(total)}${left}.`, read);
    return calm('ok', `Limits promise ${formatSize(sum)} of ${formatSize(total)}${left}.`, read);
  },
});

function sumOf(all: readonly Claim[]): number {
  return all.reduce((sum, { memory }) => sum + memory, 0);
}

/** The last claim is the planned one, where there is one. */
function lowering(all: readonly Claim[], room: number): readonly string[] {
  const last = all.at(-1);
  if (last === undefined) return [];
  const left = room * PROMISABLE - sumOf(all.slice(0, -1));
  const mebibytes = Math.floor(left / 1024 / 1024);
  return mebibytes < 256 ? [] : [`nodectl up --name ${last.node} --memory ${mebibytes}M`];
}
