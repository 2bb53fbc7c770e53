import { expect, it } from 'vitest';
import { LABEL_NODE } from '../../src/node/labels.ts';
import { type ContractBench, refused } from './contract-bench.ts';

/** Files in volumes and containers: put, replaced, read, owned. */
export function placedFileContract(on: ContractBench): void {
  const labels = () => ({ [LABEL_NODE]: on.name });
  const read = (path: string) => on.engine.readVolumeFile({ volume: on.name, path, image: on.image, labels: labels() });
  const told = async (...words: readonly string[]) => (await on.engine.exec(on.name, ['/probe', ...words], 20_000)).stdout.trim();

  it('puts files into a volume, owned as its root is', async () => {
    on.fresh();
    await on.own([
      { path: 'nodectl/deep/secret', content: 'first\n', mode: 0o600 },
      { path: 'plain', content: 'ä', mode: 0o644 },
    ]);
    await on.serve();
    expect(await told('owner', '/data')).toBe('1000:1000 700');
    expect(await told('owner', '/data/nodectl')).toBe('1000:1000 700');
    expect(await told('owner', '/data/nodectl/deep')).toBe('1000:1000 700');
    expect(await told('owner', '/data/nodectl/deep/secret')).toBe('1000:1000 600');
    expect(await told('owner', '/data/plain')).toBe('1000:1000 644');
    expect(await told('text', '/data/nodectl/deep/secret')).toBe('first');
    expect((await on.engine.observe(on.parts)).leftovers).toEqual([]);
  });

  it('puts bytes into a volume as they are', async () => {
    on.fresh();
    await on.own([{ path: 'genesis.ssz', content: Uint8Array.from([0, 255, 128, 10, 0, 254]), mode: 0o600 }]);
    await on.serve();
    expect(await told('hex', '/data/genesis.ssz')).toBe('00ff800a00fe');
  });

  it('mounts a volume that the container may read and not write', async () => {
    on.fresh();
    await on.own([{ path: 'key', content: 'secret', mode: 0o600 }]);
    await on.serve({ mounts: [{ volume: on.name, target: '/secret', readOnly: true }] });
    expect(await told('text', '/secret/key')).toBe('secret');
    expect(await told('write', '/secret/key')).toBe('false');
    await on.engine.removeContainer(on.name, { force: true });
    await on.serve();
    expect(await told('write', '/data/key')).toBe('true');
  });

  it('replaces a file of a volume and keeps the others', async () => {
    on.fresh();
    await on.own([{ path: 'nodectl/a', content: 'a much longer text', mode: 0o600 }]);
    await on.own([{ path: 'nodectl/b', content: 'b', mode: 0o600 }]);
    await on.own([{ path: 'nodectl/a', content: 'new', mode: 0o644 }]);
    await on.own();
    expect(await read('nodectl/a')).toBe('new');
    expect(await read('nodectl/b')).toBe('b');
  });

  it('puts the same files when twenty ask at once', async () => {
    on.fresh();
    const files = [{ path: 'nodectl/genesis.json', content: '{}'.repeat(10_000), mode: 0o600 }];
    await Promise.all(Array.from({ length: 20 }, () => on.own(files)));
    expect(await read('nodectl/genesis.json')).toBe(files[0]?.content);
    expect((await on.engine.observe(on.parts)).leftovers).toEqual([]);
  }, 90_000);

  it('reads no file where there is none, and makes no volume by looking', async () => {
    on.fresh();
    expect(await read('absent')).toBeUndefined();
    expect((await on.engine.observe(on.parts)).volume).toBeUndefined();
    await on.own([{ path: 'folder/file', content: '', mode: 0o600 }]);
    expect(await read('absent')).toBeUndefined();
    expect(await read('folder/absent')).toBeUndefined();
    expect(await read('folder')).toBeUndefined();
    expect(await read('folder/file')).toBe('');
    expect((await on.engine.observe(on.parts)).leftovers).toEqual([]);
  });

  it('reads the first MiB of a file', async () => {
    on.fresh();
    await on.own([{ path: 'large', content: 'x'.repeat(3 << 20), mode: 0o600 }]);
    expect(await read('large')).toBe('x'.repeat(1 << 20));
    expect((await on.engine.observe(on.parts)).leftovers).toEqual([]);
  });

  it('puts files into a running container whose root is read-only, where a volume is', async () => {
    on.fresh();
    await on.own();
    await on.serve();
    await on.engine.putFiles(on.name, [{ path: '/data/nodectl/peers', content: 'one', mode: 0o600 }], 1000, 1000);
    await on.engine.putFiles(on.name, [{ path: '/data/nodectl/peers', content: '2', mode: 0o640 }], 1000, 1000);
    await on.engine.putFiles(on.name, [{ path: '/data/top', content: '', mode: 0o600 }], 1000, 1000);
    expect(await told('text', '/data/nodectl/peers')).toBe('2');
    expect(await told('owner', '/data/nodectl/peers')).toBe('1000:1000 640');
    expect(await told('owner', '/data/nodectl')).toBe('1000:1000 700');
    expect(await told('owner', '/data/top')).toBe('1000:1000 600');
    expect(await told('owner', '/data')).toBe('1000:1000 700');
    await refused('ENGINE_FAILED', on.engine.putFiles(on.name, [{ path: '/elsewhere/file', content: '', mode: 0o600 }], 1000, 1000));
  });

  it('puts files into a container that does not run, and leaves the mount to its owner', async () => {
    on.fresh();
    await on.own();
    await on.engine.createContainer(on.spec(['owner', '/data'], { readOnlyRoot: false }));
    const files = ['/data/file', '/own/layer'].map((path) => ({ path, content: path, mode: 0o600 }));
    await on.engine.putFiles(on.name, files, 1001, 1002);
    await on.engine.startContainer(on.name);
    await on.engine.waitForExit(on.name);
    expect((await on.lines(on.name)).map((line) => line.text)).toEqual(['1000:1000 700']);
    expect(await read('file')).toBe('/data/file');
    await refused('NO_SUCH_NODE', on.engine.putFiles(`${on.name}.absent`, files, 1, 1));
  });
}
