import { describe, expect, test } from 'vitest';
import { ensureConsensusImage } from '../../src/actions/ensure-consensus-image.ts';
import { NodectlError } from '../../src/errors.ts';
import { prysm } from '../../src/node/consensus/clients/prysm.ts';
import { teku } from '../../src/node/consensus/clients/teku.ts';
import { builtImageLabels } from '../../src/node/image-choice.ts';
import { errorOfPromise } from '../error-code.ts';
import { buildingWorld } from '../fakes/building-world.ts';
import { FakeEngine } from '../fakes/fake-engine.ts';
import { fakeImage } from '../fakes/fake-facts.ts';

const OFFICIAL = `${prysm.image.repository}:${prysm.image.tag}`;
const BUILT = prysm.build?.reference ?? '';
const BUILT_VERSION = prysm.build?.version ?? '';
const TEKU = `${teku.image.repository}:${teku.image.tag}`;
const UNREACHABLE = new NodectlError('REGISTRY_UNREACHABLE', 'Could not pull.');

const request = (changes: Partial<Parameters<typeof ensureConsensusImage>[0]> = {}) => ({
  client: prysm,
  source: 'auto' as const,
  architecture: 'amd64',
  ...changes,
});

describe('the image of a consensus client', () => {
  test('that is present costs one look and no network', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(OFFICIAL, { entrypoint: ['/app/beacon-chain'], digests: ['repository@sha256:aa'] }));
    expect(await ensureConsensusImage(request(), buildingWorld(engine).world)).toMatchObject({
      ref: OFFICIAL,
      origin: 'pulled',
      version: prysm.image.version,
      digest: 'repository@sha256:aa',
    });
    expect(engine.calls).toEqual(['image']);
  });

  test('that was built here before is used without asking the registry, by the version it was built from', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(BUILT, { labels: builtImageLabels('prysm', BUILT_VERSION, 'h1:sum', 'go1.26') }));
    expect(await ensureConsensusImage(request(), buildingWorld(engine).world)).toMatchObject({
      ref: BUILT,
      origin: 'built',
      version: BUILT_VERSION,
      digest: null,
    });
    expect(engine.calls).not.toContain('pullImage');
  });

  test('is not what somebody else tagged with the name of a built one', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(BUILT));
    engine.registry.set(OFFICIAL, fakeImage(OFFICIAL));
    expect(await ensureConsensusImage(request(), buildingWorld(engine).world)).toMatchObject({ ref: OFFICIAL, origin: 'pulled' });
  });

  test('is pulled when the registry has it', async () => {
    const engine = new FakeEngine();
    engine.registry.set(TEKU, fakeImage(TEKU, { entrypoint: ['/opt/teku/bin/teku'] }));
    const image = await ensureConsensusImage(request({ client: teku }), buildingWorld(engine).world);
    expect(image).toMatchObject({ ref: TEKU, origin: 'pulled', version: teku.image.version });
  });

  test('is built, after saying so, when the registry cannot be reached and Go is here', async () => {
    const engine = new FakeEngine();
    engine.failNext('pullImage', UNREACHABLE);
    const { world, notices, built } = buildingWorld(engine);
    const image = await ensureConsensusImage(request(), world);
    expect(image).toMatchObject({ ref: BUILT, origin: 'built', version: BUILT_VERSION });
    expect(image.facts.labels).toMatchObject({ 'nodectl.image.origin': 'source', 'org.opencontainers.image.title': 'Prysm' });
    expect([notices.length, built]).toEqual([1, [`prysm ${BUILT_VERSION}`]]);
  });

  test('that neither registry nor Go can give is one error that names both remedies', async () => {
    const engine = new FakeEngine();
    engine.failNext('pullImage', UNREACHABLE);
    const error = await errorOfPromise(ensureConsensusImage(request(), buildingWorld(engine, false).world));
    expect([error.code, /registry.*Go 1/.test(error.hint)]).toEqual(['REGISTRY_UNREACHABLE', true]);
  });

  test.each(['auto', 'pull'] as const)('of a client that is not built, out of reach under %s, names one that is', async (source) => {
    const engine = new FakeEngine();
    engine.failNext('pullImage', UNREACHABLE);
    const { world, built } = buildingWorld(engine);
    const error = await errorOfPromise(ensureConsensusImage(request({ client: teku, source }), world));
    expect([error.code, /--consensus prysm/.test(error.hint), built]).toEqual(['REGISTRY_UNREACHABLE', true, []]);
  });

  test('of a client that is not built is refused under --image-source build before anything is done', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(TEKU));
    const error = await errorOfPromise(ensureConsensusImage(request({ client: teku, source: 'build' }), buildingWorld(engine).world));
    expect([error.code, engine.calls]).toEqual(['UNSUPPORTED_OPTION', []]);
  });

  test('is never pulled under --image-source build, nor built under pull', async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(OFFICIAL));
    expect(await ensureConsensusImage(request({ source: 'build' }), buildingWorld(engine).world)).toMatchObject({ ref: BUILT });
    const other = new FakeEngine();
    other.failNext('pullImage', UNREACHABLE);
    const { world, built } = buildingWorld(other);
    expect(await errorOfPromise(ensureConsensusImage(request({ source: 'pull' }), world))).toBe(UNREACHABLE);
    expect([engine.calls.includes('pullImage'), built]).toEqual([false, []]);
  });

  test('is not built when the registry answered that there is none', async () => {
    const { world, built } = buildingWorld(new FakeEngine());
    expect((await errorOfPromise(ensureConsensusImage(request(), world))).code).toBe('NO_SUCH_IMAGE');
    expect(built).toEqual([]);
  });

  test('of another architecture is refused', async () => {
    const engine = new FakeEngine();
    engine.registry.set(TEKU, fakeImage(TEKU, { architecture: 'arm64' }));
    const { world } = buildingWorld(engine);
    expect((await errorOfPromise(ensureConsensusImage(request({ client: teku }), world))).code).toBe('IMAGE_WRONG_ARCHITECTURE');
  });
});
