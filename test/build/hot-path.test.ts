import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { usageRows } from '../../src/cli/completion/usage-rows.ts';

interface Output {
  readonly entryPoint?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

interface HotCommands {
  readonly HOT: Readonly<Record<'version' | 'help' | 'ls' | 'status' | 'down' | 'up', readonly string[]>>;
  loadedOutputs(outputs: Readonly<Record<string, Output>>, sources: readonly string[]): ReadonlySet<string>;
}

const outputs: Record<string, Output> = JSON.parse(readFileSync('dist/metafile.json', 'utf8')).outputs;

/** The build's folder, then its files. */
const BUILT = readFileSync('dist/built', 'utf8').trim().split('\n');

const { HOT, loadedOutputs }: HotCommands = await import(String(new URL('../../scripts/hot-commands.mjs', import.meta.url)));

/** Every source file and every module of Node that loading these sources brings along. */
function loads(entries: readonly string[]): { readonly sources: string[]; readonly modules: string[] } {
  const found = [...loadedOutputs(outputs, entries)].map((path) => outputs[path] as Output);
  const external = found.flatMap(({ imports }) => imports.filter((imported) => imported.external === true));
  return { sources: found.flatMap(({ inputs }) => Object.keys(inputs)), modules: external.map(({ path }) => path.replace(/^node:/, '')) };
}

const packagesOf = (sources: readonly string[]) =>
  new Set(sources.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []));

const SLOW = ['undici', 'execa', 'pino', 'semver', 'tar-stream'];

/** Parts of dockerode and ethers that nodectl never calls. */
const UNUSED = ['ssh2', 'protobufjs', '@grpc/grpc-js', 'tar-fs', 'readable-stream', 'bl', 'debug', '@noble/curves', '@noble/hashes'];

describe('the hot path', () => {
  it.each(Object.entries(HOT))('of %s has no slow library', (command, entries) => {
    const packages = packagesOf(loads(entries).sources);
    for (const slow of [...SLOW, ...UNUSED]) expect(packages, `${command} loads ${slow}`).not.toContain(slow);
    if (command !== 'up') expect(packages).not.toContain('yaml');
  });

  it.each(['version', 'help'] as const)('of %s has no network and no child processes', (command) => {
    const { modules } = loads(HOT[command]);
    for (const slow of ['http', 'https', 'net', 'tty', 'tls', 'child_process', 'crypto']) expect(modules).not.toContain(slow);
  });

  it('of version has no library at all', () => {
    expect([...packagesOf(loads(HOT.version).sources)]).toEqual([]);
  });

  it('of completion is one small file without any library, and knows the commands by their list', () => {
    const paths = [...loadedOutputs(outputs, ['src/complete.ts'])];
    expect(paths).toHaveLength(1);
    const { sources, modules } = loads(['src/complete.ts']);
    expect([...packagesOf(sources)]).toEqual([]);
    expect(modules).toContain('http');
    expect(sources.filter((path) => /actions|commands\/(?!index)/.test(path))).toEqual([]);
    expect(readFileSync(`dist/${BUILT[0]}/${paths[0]?.replace('dist/', '')}`).length).toBeLessThan(40_000);
  });

  it('of completion has the commands of the table in its list', async () => {
    expect(JSON.parse(readFileSync('dist/usage.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(await usageRows())));
  });

  it('is text of one byte a letter, which costs half the memory and is read without decoding', () => {
    const [folder, ...built] = BUILT;
    const wide = built.filter((name) => readFileSync(`dist/${folder}/${name}`).some((byte) => byte > 127));
    expect(built.length).toBeGreaterThan(10);
    expect(wide).toEqual([]);
  });

  it.each([
    ['version', 1],
    ['help', 2],
    ['ls', 4],
    ['status', 7],
    ['up', 8],
  ] as const)('of %s is in at most %i files', (command, most) => {
    const [folder, ...built] = BUILT;
    const files = built.filter((name) => name.startsWith('hot-'));
    const wanted = [...loadedOutputs(outputs, HOT[command])].map((path) => `exports["${path.replace('dist/', '')}"]=`);
    const used = files.filter((file) => wanted.some((part) => readFileSync(`dist/${folder}/${file}`, 'latin1').includes(part)));
    expect(used.length).toBeLessThanOrEqual(most);
    expect(used.length).toBeGreaterThan(0);
  });

  it('has the whole of zod nowhere', () => {
    const full = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs).filter((path) => path.includes('zod/v4/classic')));
    expect(full).toEqual([]);
  });
});
