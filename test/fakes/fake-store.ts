import { NodectlError } from '../../src/errors.ts';
import type { NetworkSpec, VolumeSpec } from '../../src/ports/containers.ts';
import type { Engine, ImageFacts } from '../../src/ports/engine.ts';
import type { TreeEntry } from '../../src/ports/volume-tree.ts';
import type { FakeContainer, FakeFile } from './fake-container.ts';
import { FakeEvents } from './fake-events.ts';
import { fakeTree } from './fake-tree.ts';
import { FaultyCalls } from './faulty-calls.ts';

/** `owner` is `uid:gid mode` of the root; files by path relative to it. */
export type FakeVolume = VolumeSpec & { createdAt: number; owner: string; readonly files: Map<string, FakeFile> };

/** What the fake engine keeps besides containers' lives: volumes with their files, networks, images. */
export class FakeStore extends FaultyCalls {
  readonly containers = new Map<string, FakeContainer>();
  readonly volumes = new Map<string, FakeVolume>();
  readonly networks = new Map<string, NetworkSpec>();
  readonly images: ImageFacts[] = [];
  readonly happened = new FakeEvents();

  async *events(...[query]: Parameters<Engine['events']>) {
    await this.call('events', () => {});
    yield* this.happened.follow(query);
  }

  createVolume: Engine['createVolume'] = (spec) => this.call('createVolume', () => void this.ensureVolume(spec));

  prepareVolume: Engine['prepareVolume'] = (request) =>
    this.call('prepareVolume', () => {
      const { uid, gid } = request;
      const existing = this.find(request.helper)?.observed;
      if (existing && Object.entries(request.labels).some(([name, value]) => existing.labels[name] !== value)) {
        throw new NodectlError('NAME_TAKEN', `${request.helper} exists already.`);
      }
      this.mustImage(request.image);
      const volume = this.ensureVolume({ name: request.volume, labels: {} });
      volume.owner = `${uid}:${gid} 700`;
      for (const file of request.files) volume.files.set(file.path, { ...file, uid, gid });
      this.containers.delete(request.helper);
    });

  readVolumeFile: Engine['readVolumeFile'] = (request) =>
    this.call('readVolumeFile', () => {
      const volume = this.volumes.get(request.volume);
      if (volume) this.mustImage(request.image);
      const file = volume?.files.get(request.path);
      return (
        file &&
        Buffer.from(file.content)
          .toString()
          .slice(0, 1 << 20)
      );
    });

  async *readTree(...[request]: Parameters<Engine['readTree']>): AsyncGenerator<TreeEntry> {
    await this.call('readTree', () => void this.mustImage(request.image));
    for (const { part, volume, paths } of request.volumes) {
      yield* fakeTree(part, this.volumes.get(volume)?.files ?? new Map(), paths);
    }
  }

  writeTree: Engine['writeTree'] = async (request) => {
    await this.call('writeTree', () => void this.mustImage(request.image));
    const { uid, gid } = request;
    for (const { volume } of request.volumes) this.ensureVolume({ name: volume, labels: {} }).owner = `${uid}:${gid} 700`;
    for await (const { path, kind, mode, content } of request.entries) {
      const [part = '', ...rest] = path.split('/');
      const volume = request.volumes.find((other) => other.part === part);
      if (volume === undefined) throw new NodectlError('ENGINE_FAILED', `${path} belongs to no volume.`);
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      const file = { path: rest.join('/'), content: Buffer.concat(chunks), mode, uid, gid };
      if (kind === 'file') this.volumes.get(volume.volume)?.files.set(file.path, file);
    }
  };

  emptyFolders: Engine['emptyFolders'] = ({ volume, folders, image }) =>
    this.call('emptyFolders', () => {
      this.mustImage(image);
      const { files } = this.ensureVolume({ name: volume, labels: {} });
      return folders.filter((folder) => {
        const below = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
        for (const path of below) files.delete(path);
        return below.length > 0;
      });
    });

  removeVolume: Engine['removeVolume'] = (name) =>
    this.call('removeVolume', () => {
      const used = [...this.containers.values()].some((container) => container.spec.mounts.some((mount) => mount.volume === name));
      if (used) throw new NodectlError('ENGINE_FAILED', `The volume ${name} is in use.`);
      this.volumes.delete(name);
    });

  createNetwork: Engine['createNetwork'] = (spec) =>
    this.call('createNetwork', () => {
      if (!this.networks.has(spec.name)) this.networks.set(spec.name, spec);
    });

  removeNetwork: Engine['removeNetwork'] = ({ name, labels }) =>
    this.call('removeNetwork', () => {
      const seen = this.networks.get(name);
      if (seen === undefined || Object.entries(labels).some(([label, value]) => seen.labels[label] !== value)) return true;
      if ([...this.containers.values()].some((container) => container.running && container.spec.network === name)) return false;
      this.networks.delete(name);
      return true;
    });

  putFiles: Engine['putFiles'] = (name, files, uid, gid) =>
    this.call('putFiles', () => {
      const container = this.must(name);
      for (const file of files) this.#place(container, { ...file, uid, gid });
    });

  /** From here on the container exists, and its life is told. */
  protected keep(container: FakeContainer): FakeContainer {
    this.containers.set(container.observed.name, container);
    container.onEvent = (action, detail = {}) => {
      const { id, name, labels } = container.observed;
      this.happened.tell({ time: Date.now(), action, containerId: id, containerName: name, labels, attributes: {}, ...detail });
    };
    container.onEvent('create');
    return container;
  }

  protected drop(container: FakeContainer): void {
    this.containers.delete(container.observed.name);
    container.onEvent('destroy');
  }

  protected find(nameOrId: string): FakeContainer | undefined {
    return this.containers.get(nameOrId) ?? [...this.containers.values()].find((container) => container.id === nameOrId);
  }

  protected must(name: string): FakeContainer {
    const container = this.find(name);
    if (!container) throw new NodectlError('NO_SUCH_NODE', `No such container: ${name}`);
    return container;
  }

  protected findImage(ref: string): ImageFacts | undefined {
    if (!/^[a-zA-Z0-9][a-zA-Z0-9._:@/-]*$/.test(ref) || ref.includes('/..')) {
      throw new NodectlError('NO_SUCH_IMAGE', `${ref} is not an image reference.`);
    }
    return this.images.find((image) => image.id === ref || image.tags.includes(ref) || image.digests.includes(ref));
  }

  protected mustImage(ref: string): ImageFacts {
    const image = this.findImage(ref);
    if (!image) throw new NodectlError('NO_SUCH_IMAGE', `No such image: ${ref}`);
    return image;
  }

  protected ensureVolume(spec: VolumeSpec): FakeVolume {
    const volume = this.volumes.get(spec.name) ?? { ...spec, createdAt: Date.now(), owner: '0:0 755', files: new Map<string, FakeFile>() };
    this.volumes.set(spec.name, volume);
    return volume;
  }

  #place(container: FakeContainer, file: FakeFile): void {
    const mount = container.spec.mounts.find(({ target }) => file.path.startsWith(`${target}/`));
    if (mount?.readOnly || (!mount && container.spec.readOnlyRoot))
      throw new NodectlError('ENGINE_FAILED', 'container rootfs is marked read-only');
    if (!mount) container.files.set(file.path, file);
    else {
      const path = file.path.slice(mount.target.length + 1);
      this.ensureVolume({ name: mount.volume, labels: {} }).files.set(path, { ...file, path });
    }
  }
}
