import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Docker from 'dockerode';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadImage } from '../../../src/adapters/docker-engine/load-image.ts';
import { ndjson } from '../../../src/adapters/docker-engine/ndjson.ts';
import { pullImage } from '../../../src/adapters/docker-engine/pull-image.ts';
import { imageArchive } from '../../../src/adapters/image-archive.ts';
import type { Progress } from '../../../src/ports/progress.ts';
import { errorOfPromise } from '../../error-code.ts';
import { freePort, startProxy, startRegistry, type Weather } from '../../fixtures/loopback-registry.ts';
import { requires } from '../../require.ts';

const HURRIED = { stall: 3_000, tries: 3, backoff: 10 };
const BYTES = 6 * 1024 * 1024;
const docker = new Docker();

describe.skipIf(!(await requires('docker', 'registry')))('pulling from a real registry', () => {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-registry-'));
  const name = `tb-${randomBytes(4).toString('hex')}`;
  let registry: Awaited<ReturnType<typeof startRegistry>>;

  beforeAll(async () => {
    registry = await startRegistry(folder);
    const ref = `127.0.0.1:${registry.port}/${name}:v1.0.0`;
    const binary = join(folder, 'geth');
    writeFileSync(binary, randomBytes(BYTES));
    await loadImage(docker, imageArchive().pack({ program: 'geth', binary, reference: ref, architecture: 'amd64', labels: {} }), () => {});
    const pushed = await docker.getImage(ref).push({ authconfig: { username: '', password: '', serveraddress: '' } });
    for await (const row of ndjson(pushed as AsyncIterable<Uint8Array>)) expect(row).not.toHaveProperty('error');
    await docker.getImage(ref).remove();
  }, 60_000);

  afterAll(async () => {
    await registry.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function pullThrough(weatherOf: (connection: number) => Weather, options: { tag?: string; signal?: AbortSignal } = {}) {
    const proxy = await startProxy(registry.port, weatherOf);
    onTestFinished(() => proxy.stop());
    const ref = `127.0.0.1:${proxy.port}/${name}:${options.tag ?? 'v1.0.0'}`;
    onTestFinished(async () => {
      await docker
        .getImage(ref)
        .remove({ force: true })
        .catch(() => {});
    });
    const seen: Progress[] = [];
    const pulling = pullImage(docker, ref, { onProgress: (progress) => seen.push(progress), signal: options.signal }, HURRIED);
    return { pulling, seen, ref, proxy };
  }

  test('the image is there afterwards and the last progress counts all its bytes', async () => {
    const { pulling, seen, ref } = await pullThrough(() => 'clear');
    await pulling;
    expect((await docker.getImage(ref).inspect()).RepoDigests).toHaveLength(1);
    const last = seen.at(-1);
    expect(last?.done).toBe(last?.total);
    expect(last?.total).toBeGreaterThan(BYTES);
  });

  test('a registry that drops its first connections is tried again', async () => {
    const { pulling, ref, proxy } = await pullThrough((connection) => (connection < 3 ? 'drop' : 'clear'));
    await pulling;
    expect(proxy.connections()).toBeGreaterThan(3);
    await docker.getImage(ref).inspect();
  });

  test('a registry that always drops ends as a failed pull that a build may replace', async () => {
    const { pulling } = await pullThrough(() => 'drop');
    const error = await errorOfPromise(pulling);
    expect([error.code, error.facts]).toEqual(['REGISTRY_UNREACHABLE', { tries: '3' }]);
  });

  test('a transfer that stalls in the middle of a layer is begun again, and what was seen stays counted', async () => {
    let healed = false;
    setTimeout(() => {
      healed = true;
    }, 1_500);
    const { pulling, seen, ref } = await pullThrough(() => (healed ? 'clear' : { stallAfterBytes: 1_000_000 }));
    await pulling;
    await docker.getImage(ref).inspect();
    expect(seen.some(({ what, total }) => what.startsWith('Connection lost') && total > BYTES)).toBe(true);
  });

  test('a registry that never says a word is given up after one stall timeout', async () => {
    const begun = Date.now();
    const { pulling } = await pullThrough(() => 'silent');
    const error = await errorOfPromise(pulling);
    expect(error.code).toBe('REGISTRY_UNREACHABLE');
    expect(Date.now() - begun).toBeLessThan(2 * HURRIED.stall);
  });

  test('a tag that does not exist is no such image', async () => {
    const { pulling } = await pullThrough(() => 'clear', { tag: 'v9.9.9' });
    expect((await errorOfPromise(pulling)).code).toBe('NO_SUCH_IMAGE');
  });

  test('an interrupt ends the pull at once', async () => {
    const interruption = new AbortController();
    const { pulling } = await pullThrough(() => ({ stallAfterBytes: 1_000_000 }), { signal: interruption.signal });
    setTimeout(() => interruption.abort(), 500);
    expect((await errorOfPromise(pulling)).code).toBe('INTERRUPTED');
  });

  test('a refused connection says so without a second try', async () => {
    const ref = `127.0.0.1:${await freePort()}/geth:v1.0.0`;
    const error = await errorOfPromise(pullImage(docker, ref, { onProgress: () => {} }, HURRIED));
    expect([error.code, error.facts]).toEqual(['REGISTRY_UNREACHABLE', {}]);
  });
});

test.each(['ethereum/client-go', 'ethereum/client-go:latest'])('%s moves and is refused before anything is asked', async (ref) => {
  const nowhere = new Docker({ host: '127.0.0.1', port: 1 });
  expect((await errorOfPromise(pullImage(nowhere, ref, { onProgress: () => {} }))).code).toBe('USAGE');
});
