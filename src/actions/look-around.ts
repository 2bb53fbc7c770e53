import { notedSizes } from '../diagnosis/noted-sizes.ts';
import { NodectlError } from '../errors.ts';
import type { EngineSight, Eyes, NodeVolume, Subject, Tenant } from '../host/check.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { readSpec } from '../node/spec.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { Engine } from '../ports/engine.ts';
import type { Journal, World } from '../ports.ts';
import { readOnce } from './read-once.ts';
import { recallFree } from './recall-free.ts';
import { withinDeadline } from './within-deadline.ts';

/** An engine that takes longer is judged as one that does not answer. */
const ENGINE_MS = 5_000;

/** What checks look with, and for whom they judge: the engine asked once, its nodes inspected, at the same time as the host. */
export async function lookAround(
  asked: Omit<Subject, 'tenants'>,
  world: World,
): Promise<{ readonly eyes: Eyes; readonly subject: Subject }> {
  const [files, questions, journal, found] = await Promise.all([
    world.hostFiles(),
    world.hostQuestions(),
    world.journal(),
    askEngine(world),
  ]);
  const { engine, tenants, published } = found;
  const recalls = readOnce(journal);
  const now = world.clock.now();
  const names = tenants.map(({ name }) => name);
  const disk = 'info' in engine && engine.info.local ? files.filesystem(engine.info.rootDir) : undefined;
  const freeHistory = disk === undefined ? [] : recallFree(names, disk, now, recalls);
  const volumes = found.volumes.map((volume) => remembered(volume, tenants, recalls));
  return { eyes: { ...questions, files, engine, now, published, freeHistory, volumes }, subject: { ...asked, tenants } };
}

/** A volume with what the journal of its node has of it. */
function remembered(volume: ObservedVolume, tenants: readonly Tenant[], journal: Journal): NodeVolume {
  const node = volume.labels[LABEL_NODE] ?? '';
  const container = tenants.find(({ name }) => name === node)?.container;
  const own = container?.name === volume.name ? container.id : undefined;
  return { node, volume, sizes: notedSizes(journal.read(node), volume.name, own) };
}

interface Found {
  readonly engine: EngineSight;
  readonly volumes: readonly ObservedVolume[];
  readonly tenants: readonly Tenant[];
  readonly published: Eyes['published'];
}

async function askEngine(world: World): Promise<Found> {
  try {
    const found = await withinDeadline(world.engine().then(inspectAll), world.clock.now() + ENGINE_MS, world.clock);
    if (found !== 'late') return found.value;
    return unseen(new NodectlError('TIMED_OUT', `The Docker engine did not answer within ${ENGINE_MS / 1000} s.`));
  } catch (thrown) {
    if (!(thrown instanceof NodectlError) || thrown.code === 'INTERRUPTED') throw thrown;
    return unseen(thrown);
  }
}

function unseen({ code, message, hint, facts }: NodectlError): Found {
  return { engine: { problem: { code, message, hint, endpoint: facts.endpoint } }, tenants: [], published: [], volumes: [] };
}

async function inspectAll(engine: Engine): Promise<Found> {
  const asked = [engine.info(), engine.list(), engine.publishedPorts(), engine.listVolumes()] as const;
  const [info, containers, published, volumes] = await Promise.all(asked);
  const names = [...new Set(containers.flatMap(({ labels }) => labels[LABEL_NODE] ?? []))].sort();
  const tenants = await Promise.all(names.map((name) => inspectTenant(name, engine)));
  return { engine: { info }, tenants: tenants.filter((tenant) => tenant !== undefined), published, volumes };
}

/** Undefined for what is only half made. */
async function inspectTenant(name: string, engine: Engine): Promise<Tenant | undefined> {
  const { container, volume } = await engine.observe({ name, ...partNames(name) });
  const spec = container && readSpec(container.labels);
  return container === undefined || spec === undefined ? undefined : { name, spec, container, volume };
}
