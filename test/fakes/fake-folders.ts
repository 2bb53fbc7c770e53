import { NodectlError } from '../../src/errors.ts';
import { placeOf } from '../../src/node/storage/volume-place.ts';
import type { FolderMoves } from '../../src/ports/folder-moves.ts';
import type { FakeFile } from './fake-container.ts';
import type { FakeEngine } from './fake-engine.ts';
import type { FakeMachine } from './fake-machine.ts';

type Files = Map<string, FakeFile>;

/**
 * The folders of a machine whose engine's volumes are folders of it too, or stand for one, or for a filesystem in a file: the files
 * are those of the place, whichever volume shows them.
 */
export class FakeFolders implements FolderMoves {
  /** By folder, or by image. */
  readonly places = new Map<string, Files>();
  /** Called before each act, with its number from 0; it may throw. */
  before: (act: string, index: number) => void = () => {};
  acts: string[] = [];
  /** Bytes that the next copy writes wrongly, by path. */
  readonly spoiled: string[] = [];
  mounted = 0;
  readonly #engine: FakeEngine;
  readonly #machine: FakeMachine;

  constructor(engine: FakeEngine, machine: FakeMachine) {
    this.#engine = engine;
    this.#machine = machine;
    const create = engine.createVolume;
    engine.createVolume = async (spec) => {
      const known = engine.volumes.has(spec.name);
      await create(spec).finally(() => {
        const made = engine.volumes.get(spec.name);
        const place = placeOf(spec);
        if (known || made === undefined || place.kind === 'volume') return;
        const at = place.kind === 'path' ? place.folder : place.place.image;
        if (place.kind === 'path') this.#must(at);
        engine.volumes.set(spec.name, { ...made, files: this.#at(at) });
      });
    };
  }

  size(folder: string) {
    const files = [...this.#must(folder).values()];
    return { files: files.length, bytes: files.reduce((sum, { content }) => sum + content.length, 0) };
  }

  isEmpty(folder: string): boolean {
    return (this.#find(folder)?.size ?? 0) === 0;
  }

  copy: FolderMoves['copy'] = async (from, to, onProgress) => {
    const [source, target] = [this.#must(from), this.#must(to)];
    for (const path of target.keys()) if (!source.has(path)) target.delete(path);
    for (const [path, file] of source) {
      this.#act(`copy ${path}`);
      if (target.has(path)) continue;
      const bad = this.spoiled.indexOf(path);
      if (bad >= 0) this.spoiled.splice(bad, 1);
      target.set(path, bad >= 0 ? { ...file, content: 'spoiled' } : file);
    }
    const { bytes } = this.size(from);
    onProgress({ what: 'Copying', done: bytes, total: bytes, unit: 'bytes' });
    return this.size(from);
  };

  compare: FolderMoves['compare'] = async (from, to) => {
    this.#act('compare');
    const [source, target] = [this.#must(from), this.#must(to)];
    const paths = new Set([...source.keys(), ...target.keys()]);
    return [...paths].filter((path) => source.get(path)?.content !== target.get(path)?.content);
  };

  tree: FolderMoves['tree'] = async function* (this: FakeFolders, { part, folder, paths }) {
    for (const [path, { content, mode }] of this.#must(folder)) {
      if (!paths.some((wanted) => wanted === '' || path === wanted || path.startsWith(`${wanted}/`))) continue;
      const bytes = Buffer.from(content);
      const of = async function* () {
        yield bytes;
      };
      yield { path: `${part}/${path}`, kind: 'file', mode, size: bytes.length, content: of() };
    }
  };

  fill: FolderMoves['fill'] = async ({ parts, entries, uid, gid }) => {
    for await (const { path, kind, mode, content } of entries) {
      const [part = '', ...rest] = path.split('/');
      const folder = parts.find((other) => other.part === part)?.folder ?? '';
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      const file = { path: rest.join('/'), content: Buffer.concat(chunks), mode, uid, gid };
      if (kind === 'file') this.#must(folder).set(file.path, file);
    }
  };

  remove(folder: string, path: string): void {
    this.#act(`remove ${folder}/${path}`);
    this.#find(folder)?.delete(path);
    this.places.delete(`${folder}/${path}`);
  }

  make(folder: string): void {
    this.#act(`make ${folder}`);
    this.#at(folder);
  }

  swap(from: string, empty: string): void {
    this.#act(`swap ${from} ${empty}`);
    const [source, target] = [this.#must(from), this.#must(empty)];
    if (target.size > 0) throw new NodectlError('HOST_REFUSED', `${empty} is not empty.`);
    for (const [path, file] of source) target.set(path, file);
    source.clear();
  }

  async withMount<T>(device: string, act: (folder: string) => Promise<T>): Promise<T> {
    this.#act(`mount ${device}`);
    const loop = this.#machine.links.get(device);
    const image = this.#machine.text(`/sys/block/${loop?.replace('/dev/', '')}/loop/backing_file`)?.trimEnd();
    if (image === undefined) throw new NodectlError('HOST_REFUSED', `${device} shows nothing.`);
    this.#at(image);
    this.mounted += 1;
    try {
      return await act(image);
    } finally {
      this.mounted -= 1;
    }
  }

  #act(act: string): void {
    this.acts.push(act);
    this.before(act, this.acts.length - 1);
  }

  #at(place: string): Files {
    const files = this.places.get(place) ?? new Map<string, FakeFile>();
    this.places.set(place, files);
    return files;
  }

  #find(folder: string): Files | undefined {
    const volume = /^\/fake\/volumes\/(.+)\/_data$/.exec(folder)?.[1];
    return volume === undefined ? this.places.get(folder) : this.#engine.volumes.get(volume)?.files;
  }

  #must(folder: string): Files {
    const files = this.#find(folder);
    if (files === undefined) throw new NodectlError('HOST_REFUSED', `There is no ${folder}.`);
    return files;
  }
}
