import { expect, it } from 'vitest';
import { LABEL_NODE } from '../../src/node/labels.ts';
import type { TreeEntry } from '../../src/ports/volume-tree.ts';
import { type ContractBench, refused } from './contract-bench.ts';

/** What is in volumes, read and written as a stream of entries. */
export function volumeTreeContract(on: ContractBench): void {
  const labels = () => ({ [LABEL_NODE]: on.name });
  const read = async (...paths: readonly string[]) => {
    const found: Record<string, string> = {};
    const volumes = [{ part: 'one', volume: on.name, paths }];
    for await (const { path, kind, mode, size, content } of on.engine.readTree({
      volumes,
      image: on.image,
      helper: `${on.name}.helper`,
      labels: labels(),
    })) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of content) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      expect(bytes.length).toBe(size);
      found[path] = kind === 'file' ? `${mode.toString(8)} ${bytes.toString().slice(0, 20)}` : kind;
    }
    return found;
  };
  const write = (entries: AsyncIterable<TreeEntry>, image = on.image) =>
    on.engine.writeTree({
      ...{ volumes: [{ part: 'one', volume: on.name }], entries, image, helper: `${on.name}.helper` },
      ...{ labels: labels(), uid: 1000, gid: 1000 },
    });
  async function* file(path: string, text: string): AsyncGenerator<TreeEntry> {
    const content = async function* () {
      yield Buffer.from(text);
    };
    yield { path, kind: 'file', mode: 0o640, size: text.length, content: content() };
  }
  const own = () =>
    on.own([
      { path: 'keystore/UTC--1', content: 'key', mode: 0o600 },
      { path: 'geth/nodekey', content: 'nodekey', mode: 0o600 },
      { path: `geth/${'long-'.repeat(40)}/x`, content: 'x'.repeat(100_000), mode: 0o644 },
    ]);
  const quiet = async () => expect((await on.engine.observe(on.parts)).leftovers).toEqual([]);

  it('reads all of a volume', async () => {
    on.fresh();
    await own();
    const long = `one/geth/${'long-'.repeat(40)}`;
    expect(await read('')).toEqual({
      ...{ one: 'folder', 'one/keystore': 'folder', 'one/keystore/UTC--1': '600 key' },
      ...{ 'one/geth': 'folder', 'one/geth/nodekey': '600 nodekey', [long]: 'folder', [`${long}/x`]: `644 ${'x'.repeat(20)}` },
    });
    await quiet();
  });

  it('reads what is asked of a volume, and nothing where there is nothing', async () => {
    on.fresh();
    await own();
    expect(await read('absent', 'geth/absent', 'geth/nodekey', 'keystore')).toEqual({
      ...{ 'one/geth/nodekey': '600 nodekey', 'one/keystore': 'folder', 'one/keystore/UTC--1': '600 key' },
    });
    await quiet();
  });

  it('empties folders of a volume, whatever is in them, and nothing else', async () => {
    on.fresh();
    await own();
    const empty = (folders: readonly string[], image = on.image) =>
      on.engine.emptyFolders({
        ...{ volume: on.name, folders, image, helper: `${on.name}.helper` },
        ...{ labels: labels(), uid: 1000, gid: 1000 },
      });
    const long = `geth/${'long-'.repeat(40)}`;
    await refused('NO_SUCH_IMAGE', empty([long], 'nodectl-test/absent:1'));
    expect(await empty(['geth/absent', long, 'absent'])).toEqual([long]);
    const left = await read('');
    expect(Object.keys(left).filter((path) => path.endsWith('/x') || path.endsWith('absent'))).toEqual([]);
    expect(left).toMatchObject({ 'one/keystore/UTC--1': '600 key', 'one/geth/nodekey': '600 nodekey' });
    await quiet();
  });

  it('leaves no helper to whoever reads no further', async () => {
    on.fresh();
    await own();
    const volumes = [{ part: 'one', volume: on.name, paths: [''] }];
    for await (const { path } of on.engine.readTree({ volumes, image: on.image, helper: `${on.name}.helper`, labels: labels() }))
      if (path.endsWith('x')) break;
    await quiet();
  });

  it('writes entries as they are, owned as asked', async () => {
    on.fresh();
    await on.engine.createVolume({ name: on.name, labels: labels() });
    await write(file('one/deep/er/file', 'content'));
    expect(await read('deep/er/file')).toEqual({ 'one/deep/er/file': '640 content' });
    await on.serve();
    const told = async (path: string) => (await on.engine.exec(on.name, ['/probe', 'owner', path], 20_000)).stdout.trim();
    expect([await told('/data'), await told('/data/deep/er/file')]).toEqual(['1000:1000 700', '1000:1000 640']);
    await quiet();
  });

  it('throws what the entries throw, and leaves no helper', async () => {
    on.fresh();
    await on.engine.createVolume({ name: on.name, labels: labels() });
    const failing = async function* () {
      yield* file('one/file', 'content');
      throw new TypeError('broken source');
    };
    await expect(write(failing())).rejects.toThrow('broken source');
    await quiet();
  });

  it('needs an image that exists', async () => {
    on.fresh();
    await on.engine.createVolume({ name: on.name, labels: labels() });
    await refused('NO_SUCH_IMAGE', write(file('one/x', 'x'), 'nodectl/absent:v0'));
  });
}
