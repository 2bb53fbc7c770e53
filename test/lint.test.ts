import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A folder and a snippet that the law refuses there, by the rule that must say so. */
const IMPORTS_REFUSED = [
  ['src/node', 'node:fs'],
  ['src/node', 'fs'],
  ['src/node', 'semver'],
  ['src/node', 'zod'],
  ['src/node', '@scope/thing'],
  ['src/node', '../actions/up.ts'],
  ['src/node', '../main.ts'],
  ['src/node/deep', '../../adapters/output.ts'],
  ['src/host', '../cli/style.ts'],
  ['src/diagnosis', 'dockerode'],
  ['src/actions', 'zod/mini'],
  ['src/actions', 'node:fs/promises'],
  ['src/actions', '../adapters/output.ts'],
  ['src/actions', '../cli/style.ts'],
  ['src/cli', 'node:fs'],
  ['src/cli/commands', 'dockerode'],
  ['src/cli/commands', '../../adapters/output.ts'],
  ['src/adapters', 'zod'],
  ['src/adapters', 'undici'],
] as const;

const IMPORTS_ACCEPTED = [
  ['src/node', 'zod/mini'],
  ['src/node', '../errors.ts'],
  ['src/node', './names.ts'],
  ['src/host', '../node/names.ts'],
  ['src/actions', '../node/names.ts'],
  ['src/actions', '../ports.ts'],
  ['src/cli', 'commander'],
  ['src/cli/commands', 'zod/mini'],
  ['src/cli/commands', '../../actions/up.ts'],
  ['src/adapters/docker-engine', 'dockerode'],
  ['src/adapters', 'node:fs'],
] as const;

const GLOBALS_REFUSED = ["await fetch('http://127.0.0.1');", "new Intl.NumberFormat('en');", "console.log('x');"];

const THROWS_REFUSED = ["new Error('x')", 'new Error()', "new TypeError('x', { cause: 1 })"];

const importing = (from: string) => `import { x } from '${from}';\n\nx();\n`;
const importingLate = (from: string) => `export const late = () => import('${from}');\n`;
const throwing = (what: string) => `export const f = (error: unknown) => {\n  if (error === 1) throw error;\n  throw ${what};\n};\n`;

const folder = mkdtempSync(join(tmpdir(), 'nodectl-lint-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Complaints by file, filled by one run of the linter over all snippets. */
const complaints = new Map<string, string[]>();
let written = 0;

function snippet(directory: string, code: string): string {
  const file = `${directory}/snippet-${written++}.ts`;
  mkdirSync(join(folder, dirname(file)), { recursive: true });
  writeFileSync(join(folder, file), code);
  return file;
}

const refusedImports = IMPORTS_REFUSED.map(([directory, from]) => ({ directory, from, file: snippet(directory, importing(from)) }));
const acceptedImports = IMPORTS_ACCEPTED.map(([directory, from]) => ({ directory, from, file: snippet(directory, importing(from)) }));
const refusedGlobals = GLOBALS_REFUSED.map((code) => ({ code, file: snippet('src/actions', `${code}\nexport {};\n`) }));
const refusedThrows = THROWS_REFUSED.map((what) => ({ what, file: snippet('src/actions', throwing(what)) }));
const late = snippet('src/actions', importingLate('../adapters/output.ts'));
const ports = snippet('src', '').replace(/snippet-\d+/, 'ports');
const rightThrow = snippet('src/actions', `import { NodectlError } from '../errors.ts';\n\n${throwing("new NodectlError('BUG', 'x')")}`);
const testThrow = snippet('test', throwing("new Error('x')"));

beforeAll(() => {
  writeFileSync(join(folder, ports), importing('dockerode'));
  for (const file of ['biome.json', '.gitignore', 'scripts/lint']) cpSync(file, join(folder, file), { recursive: true });
  const biome = resolve('node_modules/@biomejs/biome/bin/biome');
  const options = ['lint', '--reporter=json', '--max-diagnostics=1000', '--vcs-enabled=false', '.'];
  const { stdout, stderr } = spawnSync(process.execPath, [biome, ...options], { cwd: folder, encoding: 'utf8' });
  const start = stdout.indexOf('{');
  expect(start, stderr).toBeGreaterThanOrEqual(0);
  for (const { category, location } of JSON.parse(stdout.slice(start)).diagnostics) {
    const path: string = typeof location.path === 'string' ? location.path : location.path.file;
    complaints.set(path, [...(complaints.get(path) ?? []), category]);
  }
});

const about = (file: string) => complaints.get(file) ?? [];

describe('the law of the linter', () => {
  it.each(refusedImports)('refuses $from in $directory', ({ file }) => {
    expect(about(file)).toContain('lint/style/noRestrictedImports');
  });

  it('refuses a late import as well', () => {
    expect(about(late)).toContain('lint/style/noRestrictedImports');
  });

  it('lets the ports stand on nothing', () => {
    expect(about(ports)).toContain('lint/style/noRestrictedImports');
  });

  it.each(acceptedImports)('accepts $from in $directory', ({ file }) => {
    expect(about(file)).toEqual([]);
  });

  it.each(refusedGlobals)('refuses in src: $code', ({ file }) => {
    expect(about(file).join()).toMatch(/noRestrictedGlobals|noConsole/);
  });

  it.each(refusedThrows)('refuses in src to throw $what', ({ file }) => {
    expect(about(file)).toContain('plugin');
  });

  it('accepts a NodectlError, a rethrow, and any error in a test', () => {
    expect([...about(rightThrow), ...about(testThrow)]).toEqual([]);
  });
});
