import { type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A build that takes a moment, counts itself, and makes a program that prints its words. */
const BUILD = `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
appendFileSync('builds', 'x');
await new Promise((resolve) => setTimeout(resolve, 300));
mkdirSync('dist', { recursive: true });
writeFileSync('dist/built', '');
writeFileSync('dist/start.cjs', "console.log('ran', ...process.argv.slice(2))");
`;
const NPM = '#!/bin/sh\nprintf x >>installs\nmkdir -p node_modules\ncp package-lock.json node_modules/.package-lock.json\n';

/** A checkout in a temporary folder with the real launcher, a small build in the place of ours, and an npm that counts. */
export class Checkout {
  readonly folder = mkdtempSync(join(tmpdir(), 'nodectl-launcher-'));
  private git = '.git';
  private readonly tools = mkdtempSync(join(tmpdir(), 'nodectl-tools-'));

  constructor() {
    cpSync('bin', join(this.folder, 'bin'), { recursive: true });
    mkdirSync(join(this.folder, 'src'));
    mkdirSync(join(this.folder, 'scripts'));
    mkdirSync(join(this.folder, '.git/logs'), { recursive: true });
    this.write('scripts/build.mjs', BUILD);
    this.write('package-lock.json', JSON.stringify({ packages: { '': {}, 'node_modules/a': { version: '1.0.0' } } }));
    this.moveOn(-60);
    symlinkSync(process.execPath, join(this.tools, 'node'));
    for (const tool of ['mkdir', 'cp', 'sh']) symlinkSync(`/bin/${tool}`, join(this.tools, tool));
    this.installNpm();
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  has(file: string): boolean {
    return existsSync(join(this.folder, file));
  }

  /** As a pull or a commit does, `seconds` from now. */
  moveOn(seconds: number): void {
    this.write(`${this.git}/logs/HEAD`, 'moved\n');
    const at = Date.now() / 1000 + seconds;
    utimesSync(join(this.folder, this.git, 'logs/HEAD'), at, at);
  }

  /** As `git worktree add` makes it: what git knows lies elsewhere, and .git names the place. */
  becomeWorktree(): void {
    this.git = 'elsewhere';
    renameSync(join(this.folder, '.git'), join(this.folder, this.git));
    this.write('.git', `gitdir: ${join(this.folder, this.git)}\n`);
  }

  remove(file: string): void {
    rmSync(join(this.folder, file), { recursive: true, force: true });
  }

  removeNpm(): void {
    rmSync(join(this.tools, 'npm'));
  }

  private installNpm(): void {
    writeFileSync(join(this.tools, 'npm'), NPM);
    chmodSync(join(this.tools, 'npm'), 0o755);
  }

  /** How often libraries were installed and dist/ was built. */
  count(what: 'installs' | 'builds'): number {
    return this.has(what) ? readFileSync(join(this.folder, what), 'utf8').length : 0;
  }

  run(
    words: readonly string[],
    { launcher = join(this.folder, 'bin/nodectl'), node = [] as readonly string[] } = {},
  ): SpawnSyncReturns<string> {
    return spawnSync(process.execPath, [...node, launcher, ...words], { cwd: '/', encoding: 'utf8', env: { PATH: this.tools } });
  }

  /** Starts it without waiting; the exit code, and standard output. */
  start(words: readonly string[]): Promise<{ readonly code: number | null; readonly stdout: string }> {
    return new Promise((resolve) => {
      const child = spawn(join(this.folder, 'bin/nodectl'), words, { cwd: '/', env: { PATH: `${this.tools}:/usr/bin` } });
      let stdout = '';
      child.stdout.on('data', (bytes) => {
        stdout += bytes;
      });
      child.on('close', (code) => resolve({ code, stdout }));
    });
  }

  dispose(): void {
    for (const folder of [this.folder, this.tools]) rmSync(folder, { recursive: true, force: true });
  }
}
