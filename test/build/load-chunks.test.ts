import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

interface Chunks {
  load(name: string): Record<string, unknown>;
  readonly scripts: ReadonlyMap<string, { createCachedData(): Buffer; readonly cachedDataRejected?: boolean }>;
}
const { loadChunks }: { loadChunks(folder: string): Chunks } = createRequire(import.meta.url)('../../scripts/load-chunks.cjs');

describe('the chunk loader', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nodectl-chunks-'));
    writeFileSync(join(folder, 'shared.cjs'), 'exports.Thing = class Thing {};');
    writeFileSync(join(folder, 'a.cjs'), "exports.make = () => new (require('./shared.cjs').Thing)();");
    writeFileSync(
      join(folder, 'b.cjs'),
      "exports.isThing = (x) => x instanceof require('./shared.cjs').Thing; exports.sep = require('node:path').sep;",
    );
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
    Reflect.deleteProperty(globalThis, 'ran');
  });

  it('shares what chunks share, so that instanceof holds across them', () => {
    const { load } = loadChunks(folder);
    const { make } = load('a.cjs') as { make: () => object };
    const { isThing, sep } = load('b.cjs') as { isThing: (x: object) => boolean; sep: string };
    expect([isThing(make()), sep]).toEqual([true, '/']);
  });

  it('finds the chunks that share a file, and runs each when it is asked for', () => {
    const part = (name: string, code: string) => `exports["${name}"]=function(exports,require,module,__filename,__dirname){${code}};\n`;
    const needing = `exports.again = () => require('./pack.cjs#one.cjs').count;`;
    const pack = part('one.cjs', 'exports.count = (globalThis.ran = (globalThis.ran ?? 0) + 1);') + part('two.cjs', needing);
    writeFileSync(join(folder, 'pack.cjs'), pack);
    const { load, scripts } = loadChunks(folder);
    const { again } = load('pack.cjs#two.cjs') as { again: () => number };
    expect(globalThis).not.toHaveProperty('ran');
    expect([again(), again(), load('pack.cjs#one.cjs').count]).toEqual([1, 1, 1]);
    expect([...scripts.keys()]).toEqual(['pack.cjs']);
  });

  it('takes a cache that this Node wrote', () => {
    const { load, scripts } = loadChunks(folder);
    load('a.cjs');
    writeFileSync(join(folder, 'a.cjs.cache'), scripts.get('a.cjs')?.createCachedData() ?? '');
    const again = loadChunks(folder);
    expect(again.load('a.cjs').make).toBeTypeOf('function');
    expect(again.scripts.get('a.cjs')?.cachedDataRejected).toBe(false);
  });

  it('compiles as usual when the cache is not for it', () => {
    writeFileSync(join(folder, 'a.cjs.cache'), 'from another Node');
    const { load, scripts } = loadChunks(folder);
    expect(load('a.cjs').make).toBeTypeOf('function');
    expect(scripts.get('a.cjs')?.cachedDataRejected).toBe(true);
  });
});

describe('a build', () => {
  it('has every chunk that any of its files asks for, in the folder that dist/start.cjs names', () => {
    const [folder, ...files] = readFileSync('dist/built', 'utf8').trim().split('\n');
    expect(readFileSync('dist/start.cjs', 'utf8')).toContain(`'${folder}'`);
    const asked = files.flatMap((name) => {
      const code = readFileSync(`dist/${folder}/${name}`, 'latin1');
      return [...code.matchAll(/require\("\.\/([\w-]+\.cjs)(?:#[\w.-]+)?"\)/g)].map(([, needed]) => needed);
    });
    expect(asked.length).toBeGreaterThan(50);
    expect(asked.filter((name) => !files.includes(name ?? ''))).toEqual([]);
  });
});
