import { setTimeout as sleep } from 'node:timers/promises';
import { NodectlError } from '../../src/errors.ts';
import { isForeignNetwork } from '../../src/node/chain-network.ts';
import { LABEL_NODE } from '../../src/node/labels.ts';
import { consensusNames, secretVolume } from '../../src/node/names.ts';
import type { ContainerSpec, ForeignPart } from '../../src/ports/containers.ts';
import type { Engine, EngineInfo, ImageFacts } from '../../src/ports/engine.ts';
import type { Ran, VolumeRun } from '../../src/ports/volume-run.ts';
import { aborted, FakeContainer } from './fake-container.ts';
import { FAKE_INFO } from './fake-facts.ts';
import { readImageArchive } from './fake-image-archive.ts';
import { type Program, type ProgramView, probeProgram, ranToItsEnd } from './fake-program.ts';
import { collide, judgeLimits } from './fake-rules.ts';
import { FakeStore } from './fake-store.ts';
import { throwaway } from './fake-throwaway.ts';
import { fakeView } from './fake-view.ts';

/** A run without volumes. */
const NOTHING_SEEN: ProgramView = { owner: () => '', text: () => undefined, hex: () => undefined, writable: () => false };

/** An engine in memory that behaves as the real one does; the contract suite keeps it honest. */
export class FakeEngine extends FakeStore implements Engine {
  /** References that `pullImage` can get. */
  readonly registry = new Map<string, ImageFacts>();
  program: Program = probeProgram;
  /** What a run on a volume does instead of the program; it may change `volumes` as the real tool would. */
  tool: ((request: VolumeRun) => Ran) | undefined;
  /** What a program does inside a running container; undefined: it does not end in time. */
  execute: (container: FakeContainer, words: readonly string[]) => Ran | undefined = () => ({ exitCode: 0, stdout: '', stderr: '' });
  facts: EngineInfo = FAKE_INFO;
  #nextId = 1;

  info = () => this.call('info', () => this.facts);
  list = () => this.call('list', () => this.#labelled());
  inspect = (name: string) => this.call('inspect', () => this.find(name)?.observed);
  image = (ref: string) => this.call('image', () => this.findImage(ref));

  observe: Engine['observe'] = (node) =>
    this.call('observe', () => {
      const beside = consensusNames(node.name).container;
      const seen = [...this.volumes.values()].map((volume) => ({
        name: volume.name,
        labels: volume.labels,
        mountpoint: `/fake/volumes/${volume.name}/_data`,
        ...{ driver: 'local', options: {} },
        createdAt: volume.createdAt,
      }));
      return {
        container: this.find(node.container)?.observed,
        consensus: this.find(beside)?.observed,
        volume: seen.find(({ name }) => name === node.volume),
        volumes: seen.filter(({ labels }) => labels[LABEL_NODE] === node.name),
        foreign: this.#foreign(node.name, [node.volume, consensusNames(node.name).volume, secretVolume(node.name)]),
        leftovers: this.#labelled().filter(
          ({ labels, name }) => labels[LABEL_NODE] === node.name && name !== node.container && name !== beside,
        ),
      };
    });

  publishedPorts: Engine['publishedPorts'] = () =>
    this.call('publishedPorts', () => {
      const summaries = [...this.containers.values()].map((container) => container.summary());
      return summaries.flatMap(({ name, ports }) => ports.map((port) => ({ ...port, container: name })));
    });

  pullImage: Engine['pullImage'] = (ref) =>
    this.call('pullImage', () => {
      const facts = this.registry.get(ref);
      if (!facts) throw new NodectlError('NO_SUCH_IMAGE', `No image ${ref} in the registry.`);
      this.images.push(facts);
    });

  loadImage: Engine['loadImage'] = async (archive) => {
    const facts = await readImageArchive(archive);
    return this.call('loadImage', () => void this.images.push(facts));
  };

  runOnce: Engine['runOnce'] = (image, args) =>
    this.call('runOnce', () => {
      this.mustImage(image);
      const run = this.program(args, NOTHING_SEEN);
      return { exitCode: run.exitCode ?? 0, output: run.lines.map((line) => `${line.text}\n`).join('') };
    });

  runOnVolume: Engine['runOnVolume'] = async (request) => {
    const { container, ran } = await this.call('runOnVolume', () => this.#runOnVolume(request));
    if (ran) return ran;
    await Promise.race([aborted(request.signal), sleep(request.timeoutMs)]);
    this.containers.delete(container.observed.name);
    throw new NodectlError(request.signal?.aborted ? 'INTERRUPTED' : 'TIMED_OUT', 'It did not end.');
  };

  exec: Engine['exec'] = (name, words) =>
    this.call('exec', () => {
      const container = this.must(name);
      if (!container.running) throw new NodectlError('NODE_NOT_RUNNING', `${name} is not running.`);
      const ran = this.execute(container, words);
      if (!ran) throw new NodectlError('TIMED_OUT', `${words[0]} did not end.`);
      return ran;
    });

  createContainer: Engine['createContainer'] = (spec) => this.call('createContainer', () => this.#add(spec).id);

  startContainer: Engine['startContainer'] = (name) =>
    this.call('startContainer', () => {
      const container = this.must(name);
      if (container.running) return;
      const { network } = container.spec;
      if (!['none', 'bridge'].includes(network) && !this.networks.has(network)) {
        throw new NodectlError('ENGINE_FAILED', `network ${network} not found`);
      }
      const others = [...this.containers.values()].filter((other) => other.running).flatMap((other) => other.spec.ports);
      const taken = container.spec.ports.find((port) => others.some((other) => collide(port, other)));
      if (taken) {
        const error = `Bind for ${taken.hostIp}:${taken.hostPort} failed: port is already allocated`;
        container.observed = { ...container.observed, error };
        throw new NodectlError('PORT_TAKEN', error);
      }
      this.#start(container);
    });

  stopContainer: Engine['stopContainer'] = (name) => this.call('stopContainer', () => this.must(name).stop());

  removeContainer: Engine['removeContainer'] = (name, { force }) =>
    this.call('removeContainer', () => {
      const container = this.find(name);
      if (container?.running && !force) throw new NodectlError('CONVERGENCE_FAILED', `${name} is running.`);
      container?.end(137);
      if (container) this.containers.delete(container.observed.name);
    });

  renameContainer: Engine['renameContainer'] = (name, next) =>
    this.call('renameContainer', () => {
      const container = this.must(name);
      if (this.containers.has(next)) throw new NodectlError('NAME_TAKEN', `${next} exists already.`);
      this.containers.delete(container.observed.name);
      container.observed = { ...container.observed, name: next };
      this.containers.set(next, container);
    });

  updateLimits: Engine['updateLimits'] = (name, limits) =>
    this.call('updateLimits', () => {
      const container = this.must(name);
      container.observed = { ...container.observed, limits: { ...container.observed.limits, ...limits } };
    });

  waitForExit: Engine['waitForExit'] = async (name, signal) => {
    const container = await this.call('waitForExit', () => this.find(name));
    while (container?.running) {
      await Promise.race([container.change(), aborted(signal)]);
      if (signal?.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted.');
    }
    return container && { exitCode: container.observed.exitCode };
  };

  async *logs(...[name, query]: Parameters<Engine['logs']>) {
    yield* (await this.call('logs', () => this.must(name))).logs(query);
  }

  usage: Engine['usage'] = (name) =>
    this.call('usage', () => (this.find(name)?.running ? { memory: 2 ** 20, swap: 0, cpuNanoseconds: 1e6 } : undefined));

  volumeSize: Engine['volumeSize'] = (name) => this.call('volumeSize', () => (this.volumes.has(name) ? 0 : undefined));

  #add(spec: ContainerSpec): FakeContainer {
    const image = this.mustImage(spec.image);
    if (this.containers.has(spec.name)) throw new NodectlError('NAME_TAKEN', `${spec.name} exists already.`);
    judgeLimits(spec);
    for (const mount of spec.mounts) this.ensureVolume({ name: mount.volume, labels: {} });
    const container = new FakeContainer(String(this.#nextId++).padStart(64, '0'), spec, image.id, this.facts.enforces);
    this.containers.set(spec.name, container);
    return container;
  }

  /** Without `ran` it goes on until it is removed. */
  #runOnVolume(request: VolumeRun): { readonly container: FakeContainer; readonly ran: Ran | undefined } {
    if (request.signal?.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted.');
    const container = this.#add(throwaway(request));
    const [uid = 0, gid = 0] = request.user.split(':').map(Number);
    for (const file of request.files) container.files.set(file.path, { ...file, uid, gid });
    const ran = this.tool ? this.tool(request) : this.#start(container);
    if (ran) this.containers.delete(container.observed.name);
    return { container, ran };
  }

  #start(container: FakeContainer): Ran | undefined {
    const { entrypoint = [], args } = container.spec;
    const run = this.program([...entrypoint.slice(1), ...args], fakeView(container, this.volumes));
    container.start(run);
    return ranToItsEnd(run);
  }

  #foreign(node: string, volumes: readonly string[]): ForeignPart[] {
    const theirs = volumes.filter((name) => this.volumes.has(name) && this.volumes.get(name)?.labels[LABEL_NODE] !== node);
    const networks = [...this.networks.values()].filter((network) => isForeignNetwork(node, network));
    return [
      ...theirs.map((name) => ({ kind: 'volume' as const, name })),
      ...networks.map(({ name }) => ({ kind: 'network' as const, name })),
    ];
  }

  #labelled() {
    return [...this.containers.values()].map((container) => container.summary()).filter((found) => LABEL_NODE in found.labels);
  }
}
