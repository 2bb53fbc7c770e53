import { describe, expect, test } from 'vitest';
import { ensureImage } from '../../src/actions/ensure-image.ts';
import { NodectlError } from '../../src/errors.ts';
import { builtImageLabels } from '../../src/node/image-choice.ts';
import { errorOfPromise } from '../error-code.ts';
import { buildingWorld } from '../fakes/building-world.ts';
import { FakeEngine } from '../fakes/fake-engine.ts';
import { fakeImage } from '../fakes/fake-facts.ts';

const VERSION = '1.17.8';
const OFFICIAL = `ethereum/client-go:v${VERSION}`;
const BUILT = `nodectl/geth:v${VERSION}`;
const UNREACHABLE = new NodectlError('REGISTRY_UNREACHABLE', 'Could not pull.');

const request = (changes: Partial<Parameters<typeof ensureImage>[0]> = {}) => ({
  version: VERSION,
  source: 'auto' as const,
  architecture: 'amd64',
  ...changes,
});

describe('the image of a version', () => {
  test('that is present costs one look and no network', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(OFFICIAL, { digests: ['ethereum/client-go@sha256:aa'] }));
    const image = await ensureImage(request(), buildingWorld(engine).world);
    expect(image).toMatchObject({ ref: OFFICIAL, origin: 'pulled', version: VERSION, digest: 'ethereum/client-go@sha256:aa' });
    expect(engine.calls).toEqual(['image']);
  });

  test('that was built here before is used without asking the registry', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(BUILT, { labels: builtImageLabels('geth', VERSION, 'h1:sum', 'go1.26') }));
    const image = await ensureImage(request(), buildingWorld(engine).world);
    expect(image).toMatchObject({ ref: BUILT, origin: 'built', digest: null });
    expect(engine.calls).toEqual(['image', 'image']);
  });

  test('is not what somebody else tagged with the name of a built one', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(BUILT));
    engine.registry.set(OFFICIAL, fakeImage(OFFICIAL));
    expect(await ensureImage(request(), buildingWorld(engine).world)).toMatchObject({ ref: OFFICIAL, origin: 'pulled' });
  });

  test('is pulled when the registry has it', async () => {
    const engine = new FakeEngine();
    engine.registry.set(OFFICIAL, fakeImage(OFFICIAL));
    expect(await ensureImage(request(), buildingWorld(engine).world)).toMatchObject({ ref: OFFICIAL, origin: 'pulled' });
  });

  test('is built, after saying so, when the registry cannot be reached and Go is here', async () => {
    const engine = new FakeEngine();
    engine.failNext('pullImage', UNREACHABLE);
    const { world, notices, built } = buildingWorld(engine);
    const image = await ensureImage(request(), world);
    expect(image).toMatchObject({ ref: BUILT, origin: 'built', version: VERSION });
    expect(image.facts.labels).toMatchObject({ 'nodectl.image.origin': 'source', 'nodectl.image.module-sum': 'h1:sum' });
    expect([notices.length, built]).toEqual([1, [`geth ${VERSION}`]]);
  });

  test('that neither registry nor Go can give is one error that names both remedies', async () => {
    const engine = new FakeEngine();
    engine.failNext('pullImage', UNREACHABLE);
    const error = await errorOfPromise(ensureImage(request(), buildingWorld(engine, false).world));
    expect(error.code).toBe('REGISTRY_UNREACHABLE');
    expect(error.hint).toMatch(/registry.*Go 1/);
  });

  test('is not built when the registry answered that there is none', async () => {
    const { world, built } = buildingWorld(new FakeEngine());
    expect((await errorOfPromise(ensureImage(request(), world))).code).toBe('NO_SUCH_IMAGE');
    expect(built).toEqual([]);
  });

  test('is never built under --image-source pull', async () => {
    const engine = new FakeEngine();
    engine.failNext('pullImage', UNREACHABLE);
    const { world, built } = buildingWorld(engine);
    expect(await errorOfPromise(ensureImage(request({ source: 'pull' }), world))).toBe(UNREACHABLE);
    expect(built).toEqual([]);
  });

  test('is never pulled under --image-source build', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(OFFICIAL));
    await ensureImage(request({ source: 'build' }), buildingWorld(engine).world);
    expect(engine.calls).not.toContain('pullImage');
  });

  test('of another architecture under the same name is replaced, not used', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(BUILT, { architecture: 'arm64' }));
    const { world, built } = buildingWorld(engine);
    await ensureImage(request({ source: 'build' }), world);
    expect(built).toEqual([`geth ${VERSION}`]);
  });
});

describe('the image that the user names', () => {
  const REF = 'example.org/me/geth:fast';

  test('is asked its version; the one in the request and in the tag do not count', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(REF));
    const image = await ensureImage(request({ ref: REF, version: '1.2.3' }), buildingWorld(engine).world);
    expect(image).toMatchObject({ origin: 'given', ref: REF, version: '1.17.8' });
  });

  test('is not run when nodectl itself built it', async () => {
    const engine = new FakeEngine();
    const labels = { 'nodectl.image.origin': 'source', 'org.opencontainers.image.version': '1.16.9' };
    engine.images.push(fakeImage(REF, { labels }));
    expect((await ensureImage(request({ ref: REF }), buildingWorld(engine).world)).version).toBe('1.16.9');
    expect(engine.calls).toEqual(['image']);
  });

  test.each([
    ['for another architecture', { architecture: 'arm64' }, 'IMAGE_WRONG_ARCHITECTURE'],
    ['for another system', { os: 'windows' }, 'IMAGE_WRONG_ARCHITECTURE'],
    ['that starts something else', { entrypoint: ['redis-server'] }, 'IMAGE_NOT_GETH'],
    ['that starts nothing', { entrypoint: [] }, 'IMAGE_NOT_GETH'],
    ['that sets a flag of geth by a variable', { env: ['PATH=/bin', 'GETH_GCMODE=archive'] }, 'IMAGE_NOT_GETH'],
  ] as const)('%s is refused without running it', async (_what, facts, code) => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(REF, facts));
    expect((await errorOfPromise(ensureImage(request({ ref: REF }), buildingWorld(engine).world))).code).toBe(code);
    expect(engine.calls).not.toContain('runOnce');
  });

  test('that calls itself geth and does not answer as geth is refused', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(REF));
    engine.program = () => ({ lines: [{ stream: 'stdout', text: 'Besu v24' }], exitCode: 0 });
    expect((await errorOfPromise(ensureImage(request({ ref: REF }), buildingWorld(engine).world))).code).toBe('IMAGE_NOT_GETH');
  });

  test.each(['ethereum/client-go', 'ethereum/client-go:latest'])('%s is refused, because it moves', async (ref) => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(ref));
    expect((await errorOfPromise(ensureImage(request({ ref }), buildingWorld(engine).world))).code).toBe('USAGE');
  });
});
