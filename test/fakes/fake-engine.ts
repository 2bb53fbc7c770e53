import { NodectlError } from '../../src/errors.ts';
import { LABEL_NODE } from '../../src/node/labels.ts';
import type { ContainerSpec, VolumeSpec } from '../../src/ports/containers.ts';
import type { Engine, EngineInfo, ImageFacts } from '../../src/ports/engine.ts';
import { aborted, FakeContainer } from './fake-container.ts';
import { FAKE_INFO } from './fake-facts.ts';
import { readImageArchive } from './fake-image-archive.ts';
import { type Program, probeProgram } from './fake-program.ts';
import { collide, judgeLimits } from './fake-rules.ts';
import { FaultyCalls } from './faulty-calls.ts';

/** An engine in memory that behaves as the real one does; the contract suite keeps it honest. */
export class FakeEngine extends FaultyCalls implements Engine {
  readonly containers = new Map<string, FakeContainer>();
  readonly volumes = new Map<string, VolumeSpec & { createdAt: number; owner: string }>();
  readonly images: ImageFacts[] = [];
  /** References that `pullImage` can get. */
  readonly registry = new Map<string, ImageFacts>();
  program: Program = probeProgram;
  facts: EngineInfo = FAKE_INFO;
  #nextId = 1;

  info = () => this.call('info', () => this.facts);
  list = () => this.call('list', () => this.#labelled());
  inspect = (name: string) => this.call('inspect', () => this.#find(name)?.observed);
  image = (ref: string) => this.call('image', () => this.#image(ref));

  observe: Engine['observe'] = (node) =>
    this.call('observe', () => {
      const volume = this.volumes.get(node.volume);
      return {
        container: this.#find(node.container)?.observed,
        volume: volume && {
          name: volume.name,
          labels: volume.labels,
          mountpoint: `/fake/volumes/${volume.name}/_data`,
          createdAt: volume.createdAt,
        },
        leftovers: this.#labelled().filter((found) => found.labels[LABEL_NODE] === node.name && found.name !== node.container),
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
      if (!this.#image(image)) throw new NodectlError('NO_SUCH_IMAGE', `No such image: ${image}`);
      const run = this.program(args, () => '');
      return { exitCode: run.exitCode ?? 0, output: run.lines.map((line) => `${line.text}\n`).join('') };
    });

  createVolume = (spec: VolumeSpec) => this.call('createVolume', () => void this.#ensureVolume(spec));

  ownVolume: Engine['ownVolume'] = (request) =>
    this.call('ownVolume', () => {
      const existing = this.#find(request.helper)?.observed;
      if (existing && Object.entries(request.labels).some(([name, value]) => existing.labels[name] !== value)) {
        throw new NodectlError('NAME_TAKEN', `${request.helper} exists already.`);
      }
      if (!this.#image(request.image)) throw new NodectlError('NO_SUCH_IMAGE', `No such image: ${request.image}`);
      this.#ensureVolume({ name: request.volume, labels: {} }).owner = `${request.uid}:${request.gid} 700`;
      this.containers.delete(request.helper);
    });

  removeVolume: Engine['removeVolume'] = (name) =>
    this.call('removeVolume', () => {
      const used = [...this.containers.values()].some((container) => container.spec.mounts.some((mount) => mount.volume === name));
      if (used) throw new NodectlError('ENGINE_FAILED', `The volume ${name} is in use.`);
      this.volumes.delete(name);
    });

  createContainer: Engine['createContainer'] = (spec) =>
    this.call('createContainer', () => {
      const image = this.#image(spec.image);
      if (!image) throw new NodectlError('NO_SUCH_IMAGE', `No such image: ${spec.image}`);
      if (this.containers.has(spec.name)) throw new NodectlError('NAME_TAKEN', `${spec.name} exists already.`);
      judgeLimits(spec);
      for (const mount of spec.mounts) this.#ensureVolume({ name: mount.volume, labels: {} });
      const id = String(this.#nextId++).padStart(64, '0');
      this.containers.set(spec.name, new FakeContainer(id, spec, image.id, this.facts.enforces));
      return id;
    });

  startContainer: Engine['startContainer'] = (name) =>
    this.call('startContainer', () => {
      const container = this.#must(name);
      if (container.running) return;
      const others = [...this.containers.values()].filter((other) => other.running).flatMap((other) => other.spec.ports);
      const taken = container.spec.ports.find((port) => others.some((other) => collide(port, other)));
      if (taken) {
        const error = `Bind for ${taken.hostIp}:${taken.hostPort} failed: port is already allocated`;
        container.observed = { ...container.observed, error };
        throw new NodectlError('PORT_TAKEN', error);
      }
      container.start(this.program(container.spec.args, (path) => this.#owner(container.spec, path)));
    });

  stopContainer: Engine['stopContainer'] = (name) => this.call('stopContainer', () => this.#must(name).stop());

  removeContainer: Engine['removeContainer'] = (name, { force }) =>
    this.call('removeContainer', () => {
      const container = this.#find(name);
      if (container?.running && !force) throw new NodectlError('CONVERGENCE_FAILED', `${name} is running.`);
      container?.end(137);
      if (container) this.containers.delete(container.observed.name);
    });

  renameContainer: Engine['renameContainer'] = (name, next) =>
    this.call('renameContainer', () => {
      const container = this.#must(name);
      if (this.containers.has(next)) throw new NodectlError('NAME_TAKEN', `${next} exists already.`);
      this.containers.delete(container.observed.name);
      container.observed = { ...container.observed, name: next };
      this.containers.set(next, container);
    });

  updateLimits: Engine['updateLimits'] = (name, limits) =>
    this.call('updateLimits', () => {
      const container = this.#must(name);
      container.observed = { ...container.observed, limits: { ...container.observed.limits, ...limits } };
    });

  waitForExit: Engine['waitForExit'] = async (name, signal) => {
    const container = await this.call('waitForExit', () => this.#find(name));
    while (container?.running) {
      await Promise.race([container.change(), aborted(signal)]);
      if (signal?.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted.');
    }
    return container && { exitCode: container.observed.exitCode };
  };

  async *logs(...[name, query]: Parameters<Engine['logs']>) {
    yield* (await this.call('logs', () => this.#must(name))).logs(query);
  }

  usage: Engine['usage'] = (name) =>
    this.call('usage', () => (this.#find(name)?.running ? { memory: 2 ** 20, swap: 0, cpuNanoseconds: 1e6 } : undefined));

  volumeSize: Engine['volumeSize'] = (name) => this.call('volumeSize', () => (this.volumes.has(name) ? 0 : undefined));

  #find(nameOrId: string): FakeContainer | undefined {
    return this.containers.get(nameOrId) ?? [...this.containers.values()].find((container) => container.id === nameOrId);
  }

  #must(name: string): FakeContainer {
    const container = this.#find(name);
    if (!container) throw new NodectlError('NO_SUCH_NODE', `No such container: ${name}`);
    return container;
  }

  #labelled() {
    return [...this.containers.values()].map((container) => container.summary()).filter((found) => LABEL_NODE in found.labels);
  }

  #image(ref: string): ImageFacts | undefined {
    if (!/^[a-zA-Z0-9][a-zA-Z0-9._:@/-]*$/.test(ref) || ref.includes('/..')) {
      throw new NodectlError('NO_SUCH_IMAGE', `${ref} is not an image reference.`);
    }
    return this.images.find((image) => image.id === ref || image.tags.includes(ref) || image.digests.includes(ref));
  }

  #ensureVolume(spec: VolumeSpec) {
    const volume = this.volumes.get(spec.name) ?? { ...spec, createdAt: Date.now(), owner: '0:0 755' };
    this.volumes.set(spec.name, volume);
    return volume;
  }

  #owner(spec: ContainerSpec, path: string): string {
    const mount = spec.mounts.find(({ target }) => target === path);
    return (mount && this.volumes.get(mount.volume)?.owner) ?? '0:0 755';
  }
}
