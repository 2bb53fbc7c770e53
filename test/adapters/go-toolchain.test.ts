import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
const REFUSED =
  'echo "x.go:1:2: example.org/refused@v0.30.1: reading https://proxy.example/example.org/refused/@v/v0.30.1.zip: 403 Forbidden" >&2; exit 1';

describe('a build', () => {
  test('gives the binary with its origin, leaves only the cache entry, and is not done twice', async () => {
    const { builder, left, builds } = workshop();
    const first = await builder.build('1.17.8', 'amd64', quiet);
    expect(first).toMatchObject({ moduleSum: 'h1:sum=', goVersion: 'go1.26.8', fromCache: false });
    expect(await builder.build('1.17.8', 'amd64', quiet)).toEqual({ ...first, fromCache: true });
    expect([left(), builds()]).toEqual([['1.17.8-linux-amd64'], 1]);
  });

  test('is static, for the asked architecture, and free of the flags of the user', async () => {
    const { builder } = workshop({}, { GOFLAGS: '-race', CGO_ENABLED: '1', GOOS: 'darwin' });
    const { path } = await builder.build('1.17.8', 'arm64', quiet);
    expect(readFileSync(path, 'utf8')).toBe('0 linux arm64 -buildvcs=false\n');
  });

  test('tells how many packages of how many are compiled, and ends at all of them', async () => {
    const seen: Progress[] = [];
    await workshop().builder.build('1.17.8', 'amd64', (progress) => seen.push(progress));
    expect(seen.at(-1)).toMatchObject({ done: 3, total: 3, unit: 'packages' });
  });

  test('asked for by two at once is done once', async () => {
    const { builder, builds } = workshop({ build: 'sleep 0.5; echo x >"$2"' });
    const [one, two] = await Promise.all([builder.build('1.17.8', 'amd64', quiet), builder.build('1.17.8', 'amd64', quiet)]);
    expect(one.path).toBe(two.path);
    expect(builds()).toBe(1);
  });

  test('takes over the lock and clears the folder of a process that is gone', async () => {
    const { builder, cache, left } = workshop();
    const { pid } = spawnSync('true');
    mkdirSync(join(cache, `.1.17.8-linux-amd64.work-${pid}`), { recursive: true });
    writeFileSync(join(cache, '.1.17.8-linux-amd64.lock'), JSON.stringify({ pid, started: 'then' }));
    await builder.build('1.17.8', 'amd64', quiet);
    expect(left()).toEqual(['1.17.8-linux-amd64']);
  });

  test('replaces an entry that is not whole', async () => {
    const { builder, builds } = workshop();
    const { path } = await builder.build('1.17.8', 'amd64', quiet);
    writeFileSync(path, 'cut');
    expect(await builder.build('1.17.8', 'amd64', quiet)).toMatchObject({ fromCache: false });
    expect(builds()).toBe(2);
  });

  test('that is interrupted leaves nothing', async () => {
    const { builder, left } = workshop({ build: 'echo half >"$2"; exec sleep 30' });
    const interruption = new AbortController();
    const building = builder.build(
      '1.17.8',
      'amd64',
      ({ total }) => total > 0 && setTimeout(() => interruption.abort(), 200),
      interruption.signal,
    );
    expect((await errorOfPromise(building)).code).toBe('INTERRUPTED');
    expect(left()).toEqual([]);
  });

  test('works without a home', async () => {
    const { builder } = workshop({}, { HOME: undefined });
    await builder.build('1.17.8', 'amd64', quiet);
  });
});

describe('a build that fails', () => {
  test('for a module that is refused names it and the newest version that does without', async () => {
    const { builder, left } = workshop({ list: REFUSED });
    const error = await errorOfPromise(builder.build('1.17.10', 'amd64', quiet));
    expect(error.code).toBe('IMAGE_BUILD_FAILED');
    expect(error.facts).toEqual({ module: 'example.org/refused@v0.30.1', 'newest without': '1.17.8' });
    expect(error.hint).toContain('--geth-version 1.17.8');
    expect(left()).toEqual([]);
  });

  test('for want of a network does not blame the version', async () => {
    const list = 'echo "example.org/x@v1.0.0: Get \\"https://proxy.example\\": dial tcp: lookup proxy.example: no such host" >&2; exit 1';
    const error = await errorOfPromise(workshop({ list }).builder.build('1.17.10', 'amd64', quiet));
    expect([error.code, error.facts]).toEqual(['IMAGE_BUILD_FAILED', { module: 'example.org/x@v1.0.0' }]);
  });

  test('for a version that does not exist names the nearest that does', async () => {
    const error = await errorOfPromise(workshop().builder.build('1.18.0', 'amd64', quiet));
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
    expect((await errorOfPromise(builder.build('1.17.8', 'amd64', quiet))).code).toBe(code);
    expect(left()).toEqual([]);
  });

  test('for want of Go says so', async () => {
    const { builder } = workshop({}, { PATH: '/nonexistent', GOROOT: '/nonexistent' });
    expect(await builder.goVersion()).toBeUndefined();
    expect((await errorOfPromise(builder.build('1.17.8', 'amd64', quiet))).code).toBe('GO_MISSING');
  });
});
