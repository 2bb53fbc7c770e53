import { formatDuration } from '../../duration.ts';
import type { SyncPhase } from '../../sync/progress.ts';
import type { NodeSample, WatchedPhase } from '../sample.ts';
import { age, count, percent, rateText, shortCount, shortPercent } from './amounts.ts';
import type { Measured } from './gauge.ts';
import type { Row } from './row.ts';

const PHASES: Readonly<Record<SyncPhase, { readonly label: string; readonly short: string }>> = {
  headers: { label: 'Headers', short: 'Header' },
  chain: { label: 'Chain', short: 'Chain' },
  state: { label: 'State', short: 'State' },
  healing: { label: 'Healing', short: 'Heal' },
  indexing: { label: 'Indexing', short: 'Index' },
};

/** What a narrow terminal leaves out of an estimate's absence. */
const NO_ESTIMATE = 'no estimate: ';

/** How far the node is on its chain: the parts of its sync, its head, and who it knows. */
export function chainRows(samples: readonly NodeSample[], now: number): readonly Row[] {
  const sample = samples.at(-1);
  if (sample === undefined) return [];
  const facts = [headRow(sample, now), peersRow(samples, now), clientRow(sample), lightRow(sample), poolRow(sample)];
  return [...phaseRows(samples, sample), ...facts.flatMap((row) => (row === undefined ? [] : [row]))];
}

function phaseRows(samples: readonly NodeSample[], { phases, status: { sync } }: NodeSample): readonly Row[] {
  const known = phases.flatMap((phase) =>
    phaseOf(phase, samples, sync.state === 'syncing' || sync.state === 'stalled' ? sync.phase : undefined),
  );
  if (sync.state !== 'syncing' || phases.some(({ progress }) => progress.phase === sync.phase)) return known;
  const { phase, current, highest } = sync;
  const share = highest > 0 ? Math.min(1, current / highest) : null;
  const done = `${count(current)} of ${count(highest)}`;
  return [
    { ...PHASES[phase], weight: 1, share, texts: [share === null ? done : `${percent(share)}, ${done}`, shortCount(current)] },
    ...known,
  ];
}

/** Two rows: how far and how fast; and in numbers, with why nobody can tell more. */
function phaseOf({ progress, trend }: WatchedPhase, samples: readonly NodeSample[], leading: SyncPhase | undefined): readonly Row[] {
  const { phase, fraction, done, total, pending, unit } = progress;
  const isLeading = phase === leading;
  const speed = trend.rate === null ? undefined : rateText(trend.rate, unit);
  const part = fraction === null ? undefined : percent(fraction);
  const least = fraction === null ? shortCount(pending ?? done) : shortPercent(fraction);
  const why = 'ms' in trend.eta ? undefined : trend.eta.none;
  const words =
    'ms' in trend.eta ? timed(part, speed, formatDuration(trend.eta.ms)) : untimed(part, speed, trend.eta.none, pending !== null);
  const numbers = total === null ? `${count(done)} ${unit}` : `${count(done)} of ${count(total)} ${unit}`;
  return [
    {
      ...{ ...PHASES[phase], weight: isLeading ? 1 : 3, share: fraction, tone: isLeading ? 'cyan' : 'dim' },
      course: courseOf(samples, phase),
      texts: [...words, [least]].map((parts) => parts.filter((word) => word !== undefined).join(', ')).filter((text) => text !== ''),
    },
    { label: '', weight: 8, texts: [...(why === undefined ? [] : [`${numbers}, ${why}`]), numbers] },
  ];
}

type Words = readonly (string | undefined)[];

function timed(part: string | undefined, speed: string | undefined, time: string): readonly Words[] {
  return [
    [part, speed, `${time} to go`],
    [part, `${time} to go`],
    [part, time],
  ];
}

/** Of what is known to be pending it matters most which way that goes. */
function untimed(part: string | undefined, speed: string | undefined, why: string, hasPending: boolean): readonly Words[] {
  const brief = [why.replace(NO_ESTIMATE, '')];
  return [[part, speed, why], ...(hasPending ? [[part, why], brief] : [[part, speed]])];
}

/** How fast a phase got on, or what healing had pending. */
function courseOf(samples: readonly NodeSample[], phase: SyncPhase): Row['course'] {
  const read = (sample: NodeSample) => sample.phases.find(({ progress }) => progress.phase === phase);
  const points = samples.map((sample): Measured => {
    const seen = read(sample);
    return { time: sample.time, value: (phase === 'healing' ? seen?.progress.pending : seen?.trend.rate) ?? null };
  });
  return { points, top: points.reduce((most, { value }) => Math.max(most, value ?? 0), 0) };
}

function headRow({ time, status: { head, finalized } }: NodeSample, now: number): Row | undefined {
  if (head === null) return undefined;
  const since = head.ageMs === null ? undefined : age(head.ageMs + Math.max(0, now - time));
  const old = since === undefined ? 'genesis' : `${since} old`;
  const number = count(head.number);
  const final = finalized === null ? [] : [`${number}, ${old}, finalized ${count(finalized)}`];
  return { label: 'Head', weight: 1, texts: [...final, `${number}, ${old}`, since ?? number] };
}

function peersRow(samples: readonly NodeSample[], now: number): Row | undefined {
  const peers = samples.at(-1)?.status.peers ?? null;
  if (peers === null) return undefined;
  const points = samples.map(({ time, status }) => ({ time, value: status.peers }));
  const top = points.reduce((most, { value }) => Math.max(most, value ?? 0), 0);
  return { label: 'Peers', weight: 3, course: { points, top }, texts: peerTexts(peers, samples.at(-1)?.directions ?? null, now) };
}

/** Directions are of a while ago: where they no longer add up, that is said. */
function peerTexts(peers: number, directions: NodeSample['directions'], now: number): readonly string[] {
  if (directions === null || peers === 0) return [String(peers)];
  const { time, inbound, outbound } = directions;
  const then = inbound + outbound === peers ? '' : ` ${age(Math.max(0, now - time))} ago`;
  return [`${peers}, ${inbound} in and ${outbound} out${then}`, `${peers} (${inbound} in, ${outbound} out${then})`, String(peers)];
}

function clientRow({ status: { consensus } }: NodeSample): Row | undefined {
  if (consensus === null) return undefined;
  const { state } = consensus.state;
  const words = `${consensus.client}: ${state.replaceAll('-', ' ')}`;
  const behind = consensus.syncDistance === null || consensus.syncDistance === 0 ? '' : `, ${count(consensus.syncDistance)} slots behind`;
  const peers = consensus.peers === null ? '' : `, ${consensus.peers} peers`;
  const tone = consensus.healthy ? undefined : 'red';
  const texts = [`${words}${behind}${peers}`, `${words}${behind}`, words, state.replaceAll('-', ' ')];
  return { label: 'Consensus', short: 'Beacon', weight: 4, tone, texts };
}

function lightRow({ status: { light } }: NodeSample): Row | undefined {
  if (light === null) return undefined;
  const proof = light.proof === null ? 'not asked' : light.proof === 'holds' ? 'proves' : `proof ${light.proof}`;
  const refused = light.refused === null ? '' : `, ${count(light.refused)} answers refused`;
  return { label: 'Light', weight: 4, texts: [`${light.backend}, ${proof}${refused}`, `${light.backend}, ${proof}`, proof] };
}

function poolRow({ status: { txpool } }: NodeSample): Row | undefined {
  if (txpool === null) return undefined;
  const { pending, queued } = txpool;
  return { label: 'Pool', weight: 7, texts: [`${count(pending)} pending, ${count(queued)} queued`, `${shortCount(pending)} pending`] };
}
