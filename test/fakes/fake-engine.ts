import { setTimeout as sleep } from 'node:timers/promises';
import { NodectlError } from '../../src/errors.ts';
import type { ContainerSpec } from '../../src/ports/containers.ts';
import type { Engine, ImageFacts } from '../../src/ports/engine.ts';
import type { Ran, VolumeRun } from '../../src/ports/volume-run.ts';
import { aborted, FakeContainer } from './fake-container.ts';
import { readImageArchive } from './fake-image-archive.ts';
import { FakeLook } from './fake-look.ts';
import { type Program, type ProgramView, probeProgram, ranToItsEnd } from './fake-program.ts';
import { collide, judgeLimits } from './fake-rules.ts';
import { FakeSession } from './fake-session.ts';
import { throwaway } from './fake-throwaway.ts';
import { fakeView } from './fake-view.ts';

/** A run without volumes. */
const NOTHING_SEEN: ProgramView = { owner: () => '', text: () => undefined, hex: () => undefined, writable: () => false };

/** An engine in memory that behaves as the real one does; the contract suite keeps it honest. */
export class FakeEngine extends FakeLook implements Engine {
  /** References that `pullImage` can get. */
  readonly registry = new Map<string, ImageFacts>();
  program: Program = probeProgram;
  /** What a run on a volume does instead of the program; it may change `volumes` as the real tool would. */
  tool: ((request: VolumeRun) => Ran) | undefined;
  /** What a program does inside a running container; undefined: it does not end in time. */
  execute: (container: FakeContainer, words: readonly string[]) => Ran | undefined = () => ({ exitCode: 0, stdout: '', stderr: '' });
  /** The same for a program that reads all its input first. */
  converse: (container: FakeContainer, words: readonly string[], input: string) => Ran = (container, words) =>
    this.execute(container, words) ?? { exitCode: 137, stdout: '', stderr: '' };
  readonly sessions: FakeSession[] = [];
  #nextId = 1;

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
    this.drop(container);
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

  session: Engine['session'] = (request) =>
    this.call('session', () => {
      const container = this.must(request.container);
      if (!container.running) throw new NodectlError('NODE_NOT_RUNNING', `${request.container} is not running.`);
      const session = new FakeSession(request, (input) => this.converse(container, request.words, input));
      this.sessions.push(session);
      return session;
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
      if (container) this.drop(container);
    });

  renameContainer: Engine['renameContainer'] = (name, next) =>
    this.call('renameContainer', () => {
      const container = this.must(name);
      if (this.containers.has(next)) throw new NodectlError('NAME_TAKEN', `${next} exists already.`);
      this.containers.delete(container.observed.name);
      container.observed = { ...container.observed, name: next };
      this.containers.set(next, container);
      container.onEvent('rename');
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

  #add(spec: ContainerSpec): FakeContainer {
    const image = this.mustImage(spec.image);
    if (this.containers.has(spec.name)) throw new NodectlError('NAME_TAKEN', `${spec.name} exists already.`);
    judgeLimits(spec);
    for (const mount of spec.mounts) this.ensureVolume({ name: mount.volume, labels: {} });
    return this.keep(new FakeContainer(String(this.#nextId++).padStart(64, '0'), spec, image.id, this.facts.enforces));
  }

  /** Without `ran` it goes on until it is removed. */
  #runOnVolume(request: VolumeRun): { readonly container: FakeContainer; readonly ran: Ran | undefined } {
    if (request.signal?.aborted) throw new NodectlError('INTERRUPTED', 'Interrupted.');
    const container = this.#add(throwaway(request));
    const [uid = 0, gid = 0] = request.user.split(':').map(Number);
    for (const file of request.files) container.files.set(file.path, { ...file, uid, gid });
    const ran = this.tool ? this.tool(request) : this.#start(container);
    if (ran) this.drop(container);
    return { container, ran };
  }

  #start(container: FakeContainer): Ran | undefined {
    const { entrypoint = [], args } = container.spec;
    const run = this.program([...entrypoint.slice(1), ...args], fakeView(container, this.volumes));
    container.start(run);
    return ranToItsEnd(run);
  }
}
