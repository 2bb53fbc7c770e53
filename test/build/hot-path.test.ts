import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Output {
  readonly entryPoint?: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
}

const outputs: Record<string, Output> = JSON.parse(readFileSync('dist/metafile.json', 'utf8')).outputs;

/** What each command loads beside the entry: itself, and the adapters that it opens. */
const HOT = {
  version: ['src/main.ts'],
  help: ['src/main.ts', 'src/cli/run-cli.ts'],
  ls: ['src/main.ts', 'src/cli/run-cli.ts', 'src/cli/commands/ls.ts', 'src/adapters/docker-engine/docker-engine.ts'],
  status: [
    'src/main.ts',
    'src/cli/run-cli.ts',
    'src/cli/commands/status.ts',
    'src/adapters/docker-engine/docker-engine.ts',
    'src/adapters/ethers-rpc.ts',
    'src/adapters/local-host.ts',
  ],
  down: ['src/main.ts', 'src/cli/run-cli.ts', 'src/cli/commands/down.ts', 'src/adapters/docker-engine/docker-engine.ts'],
  up: [
    'src/main.ts',
    'src/cli/run-cli.ts',
    'src/cli/commands/up.ts',
    'src/adapters/docker-engine/docker-engine.ts',
    'src/adapters/profile-folder.ts',
  ],
} as const;

/** Every source file and every module of Node that loading these entries brings along. */
function loads(entries: readonly string[]): { readonly sources: string[]; readonly modules: string[] } {
  const seen = new Set<string>();
  const modules = new Set<string>();
  const walk = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const imported of outputs[path]?.imports ?? []) {
      if (imported.kind === 'dynamic-import') continue;
      if (imported.external === true) modules.add(imported.path.replace(/^node:/, ''));
      else walk(imported.path);
    }
  };
  for (const entry of entries) {
    const found = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === entry);
    expect(found, `${entry} is a chunk of its own`).toBeDefined();
    walk(found as string);
  }
  return { sources: [...seen].flatMap((path) => Object.keys(outputs[path]?.inputs ?? {})), modules: [...modules] };
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

  it('is text of one byte a letter, which costs half the memory and is read without decoding', () => {
    const wide = Object.keys(outputs).filter((path) => readFileSync(path).some((byte) => byte > 127));
    expect(wide).toEqual([]);
  });

  it('has the whole of zod nowhere', () => {
    const full = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs).filter((path) => path.includes('zod/v4/classic')));
    expect(full).toEqual([]);
  });
});
