import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { goToolchain } from '../../src/adapters/go-toolchain.ts';
import type { Progress } from '../../src/ports/progress.ts';
import { errorOfPromise } from '../error-code.ts';
import { fakeGo } from '../fixtures/fake-go.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

/** A builder on a fake go, and what it leaves in its cache. */
function workshop(doing: Parameters<typeof fakeGo>[1] = {}, env: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  const { path, calls } = fakeGo(folder, doing);
  const cache = join(folder, 'cache', 'nodectl', 'geth');
  return {
    builder: goToolchain({ PATH: path, HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), ...env }),
    cache,
    left: () => (existsSync(cache) ? readdirSync(cache) : []),
    builds: () =>
      readFileSync(calls, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('build ')).length,
  };
}

const quiet = () => {};
const HOST = process.arch === 'arm64' ? 'arm64' : 'amd64';
const geth = (version: string, architecture = 'amd64') => ({ program: 'geth' as const, version, architecture });
const REFUSED =
  'echo "x.go:1:2: example.org/refused@v0.30.1: reading https://proxy.example/example.org/refused/@v/v0.30.1.zip: 403 Forbidden" >&2; exit 1';

describe('a build', () => {
  test('gives the binary with its origin, leaves only the cache entry, and is not done twice', async () => {
    const { builder, left, builds } = workshop();
    const first = await builder.build(geth('1.17.8'), quiet);
    expect(first).toMatchObject({ moduleSum: 'h1:sum=', goVersion: 'go1.26.8', fromCache: false });
    expect(await builder.build(geth('1.17.8'), quiet)).toEqual({ ...first, fromCache: true });
    expect([left(), builds()]).toEqual([['1.17.8-linux-amd64'], 1]);
  });

  test('is static, for the asked architecture, and free of the flags of the user', async () => {
    const { builder } = workshop({}, { GOFLAGS: '-race', CGO_ENABLED: '1', GOOS: 'darwin' });
    const { path } = await builder.build(geth('1.17.8', 'arm64'), quiet);
    expect(readFileSync(path, 'utf8')).toMatch(/^0 linux arm64 -buildvcs=false\n/);
  });

  test('tells how many packages of how many are compiled, and ends at all of them', async () => {
    const seen: Progress[] = [];
    await workshop().builder.build(geth('1.17.8'), (progress) => seen.push(progress));
    expect(seen.at(-1)).toMatchObject({ done: 3, total: 3, unit: 'packages' });
  });

  test('asked for by two at once is done once', async () => {
    const { builder, builds } = workshop({ build: 'sleep 0.5; echo x >"$binary"' });
    const [one, two] = await Promise.all([builder.build(geth('1.17.8'), quiet), builder.build(geth('1.17.8'), quiet)]);
    expect(one.path).toBe(two.path);
    expect(builds()).toBe(1);
  });

  test('takes over the lock and clears the folder of a process that is gone', async () => {
    const { builder, cache, left } = workshop();
    const { pid } = spawnSync('true');
    mkdirSync(join(cache, `.1.17.8-linux-amd64.work-${pid}`), { recursive: true });
    writeFileSync(join(cache, '.1.17.8-linux-amd64.lock'), JSON.stringify({ pid, started: 'then' }));
    await builder.build(geth('1.17.8'), quiet);
    expect(left()).toEqual(['1.17.8-linux-amd64']);
  });

  test('replaces an entry that is not whole', async () => {
    const { builder, builds } = workshop();
    const { path } = await builder.build(geth('1.17.8'), quiet);
    writeFileSync(path, 'cut');
    expect(await builder.build(geth('1.17.8'), quiet)).toMatchObject({ fromCache: false });
    expect(builds()).toBe(2);
  });

  test('that is interrupted leaves nothing', async () => {
    const { builder, left } = workshop({ build: 'echo half >"$binary"; exec sleep 30' });
    const interruption = new AbortController();
    const building = builder.build(
      geth('1.17.8'),
      ({ total }) => total > 0 && setTimeout(() => interruption.abort(), 200),
      interruption.signal,
    );
    expect((await errorOfPromise(building)).code).toBe('INTERRUPTED');
    expect(left()).toEqual([]);
  });

  test('works without a home', async () => {
    const { builder } = workshop({}, { HOME: undefined });
    await builder.build(geth('1.17.8'), quiet);
  });
});

describe('a build that fails', () => {
  test('for a module that is refused names it and the newest version that does without', async () => {
    const { builder, left } = workshop({ list: REFUSED });
    const error = await errorOfPromise(builder.build(geth('1.17.10'), quiet));
    expect(error.code).toBe('IMAGE_BUILD_FAILED');
    expect(error.facts).toEqual({ module: 'example.org/refused@v0.30.1', 'newest without': '1.17.8' });
    expect(error.hint).toContain('--geth-version 1.17.8');
    expect(left()).toEqual([]);
  });

  test('for want of a network does not blame the version', async () => {
    const list = 'echo "example.org/x@v1.0.0: Get \\"https://proxy.example\\": dial tcp: lookup proxy.example: no such host" >&2; exit 1';
    const error = await errorOfPromise(workshop({ list }).builder.build(geth('1.17.10'), quiet));
    expect([error.code, error.facts]).toEqual(['IMAGE_BUILD_FAILED', { module: 'example.org/x@v1.0.0' }]);
  });

  test('for a version that does not exist names the nearest that does', async () => {
    const error = await errorOfPromise(workshop().builder.build(geth('1.18.0'), quiet));
    expect([error.code, /1\.17\.10/.test(error.hint)]).toEqual(['INVALID_VERSION', true]);
  });

  test.each([
    ['go: writing cache: write /x: no space left on device', 'DISK_FULL'],
    ['go: go.mod requires go >= 1.25.0 (running go 1.21.0; GOTOOLCHAIN=local)', 'GO_MISSING'],
    ["go: errors parsing go.mod: invalid go version '1.25.0': must match format 1.23", 'GO_MISSING'],
    ['cgo: C compiler "gcc" not found: exec: "gcc": executable file not found in $PATH', 'IMAGE_BUILD_FAILED'],
    ['./x.go:1: undefined: y', 'IMAGE_BUILD_FAILED'],
  ])('with %j ends as %s', async (words, code) => {
    const { builder, left } = workshop({ build: `cat >&2 <<'WORDS'\n${words}\nWORDS\nexit 1` });
    expect((await errorOfPromise(builder.build(geth('1.17.8'), quiet))).code).toBe(code);
    expect(left()).toEqual([]);
  });

  test('for want of Go says so', async () => {
    const { builder } = workshop({}, { PATH: '/nonexistent', GOROOT: '/nonexistent' });
    expect(await builder.goVersion()).toBeUndefined();
    expect((await errorOfPromise(builder.build(geth('1.17.8'), quiet))).code).toBe('GO_MISSING');
  });
});

describe('a build of Prysm', () => {
  const prysm = (extras: readonly string[] = []) => ({ program: 'prysm' as const, version: '7.0.0', architecture: HOST, extras });

  test('lies beside those of geth, static though parts of it are C, and runs on older processors than the one it is built on', async () => {
    const { builder, cache } = workshop();
    const { path } = await builder.build(prysm(), quiet);
    expect(path).toBe(join(cache, '..', 'prysm', `7.0.0-linux-${HOST}`, 'beacon-chain'));
    const told = readFileSync(path, 'utf8');
    expect(told).toMatch(/^1 linux /);
    expect(told).toContain('-D__BLST_PORTABLE__');
    expect(told).toContain('-extldflags -static');
    expect(told).toContain('github.com/OffchainLabs/prysm/v7/runtime/version.gitTag=v7.0.0');
  });

  test('is done again for a command that it lacks, and keeps what it had', async () => {
    const { builder, builds } = workshop();
    const { path } = await builder.build(prysm(['validator']), quiet);
    expect(readdirSync(dirname(path)).sort()).toEqual(['beacon-chain', 'build.json', 'validator']);
    expect(await builder.build(prysm(), quiet)).toMatchObject({ path, fromCache: true });
    expect(await builder.build(prysm(['prysmctl']), quiet)).toMatchObject({ path, fromCache: false });
    expect(readdirSync(dirname(path)).sort()).toEqual(['beacon-chain', 'build.json', 'prysmctl', 'validator']);
    expect(builds()).toBe(2);
  });

  test('replaces an entry of which one command was cut', async () => {
    const { builder, builds } = workshop();
    const { path } = await builder.build(prysm(['validator']), quiet);
    writeFileSync(join(dirname(path), 'validator'), 'cut');
    expect(await builder.build(prysm(), quiet)).toMatchObject({ fromCache: false });
    expect(builds()).toBe(2);
  });

  test('for a processor that the C compiler here does not know is refused before anything is compiled', async () => {
    const { builder, builds, left } = workshop();
    const other = HOST === 'arm64' ? 'amd64' : 'arm64';
    expect((await errorOfPromise(builder.build({ ...prysm(), architecture: other }, quiet))).code).toBe('IMAGE_BUILD_FAILED');
    expect([left(), builds()]).toEqual([[], 0]);
  });

  test('that does not find the C library says what to install', async () => {
    const { builder } = workshop({ build: 'echo "/usr/bin/ld: cannot find -lstdc++: No such file or directory" >&2; exit 1' });
    const error = await errorOfPromise(builder.build(prysm(), quiet));
    expect([error.code, /g\+\+/.test(error.hint)]).toEqual(['IMAGE_BUILD_FAILED', true]);
  });

  test('of a version that the proxy does not give names the option to change', async () => {
    const error = await errorOfPromise(workshop().builder.build({ ...prysm(), version: '9.9.9' }, quiet));
    expect([error.code, /--consensus-version/.test(error.hint)]).toEqual(['IMAGE_BUILD_FAILED', true]);
  });
});
