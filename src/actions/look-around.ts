import { NodectlError } from '../errors.ts';
import type { EngineSight, Eyes, Subject, Tenant } from '../host/check.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import { readSpec } from '../node/spec.ts';
import type { Engine } from '../ports/engine.ts';
import type { World } from '../ports.ts';
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
  const now = world.clock.now();
  const names = tenants.map(({ name }) => name);
  const disk = 'info' in engine && engine.info.local ? files.filesystem(engine.info.rootDir) : undefined;
  const freeHistory = disk === undefined ? [] : recallFree(names, disk, now, journal);
  return { eyes: { ...questions, files, engine, now, published, freeHistory }, subject: { ...asked, tenants } };
}

interface Found {
  readonly engine: EngineSight;
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
  return { engine: { problem: { code, message, hint, endpoint: facts.endpoint } }, tenants: [], published: [] };
}

async function inspectAll(engine: Engine): Promise<Found> {
  const [info, containers, published] = await Promise.all([engine.info(), engine.list(), engine.publishedPorts()]);
  const names = [...new Set(containers.flatMap(({ labels }) => labels[LABEL_NODE] ?? []))].sort();
  const tenants = await Promise.all(names.map((name) => inspectTenant(name, engine)));
  return { engine: { info }, tenants: tenants.filter((tenant) => tenant !== undefined), published };
}

/** Undefined for what is only half made. */
async function inspectTenant(name: string, engine: Engine): Promise<Tenant | undefined> {
  const { container, volume } = await engine.observe({ name, ...partNames(name) });
  const spec = container && readSpec(container.labels);
  return container === undefined || spec === undefined ? undefined : { name, spec, container, volume };
}
