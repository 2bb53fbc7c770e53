import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requires } from '../require.ts';
import { Checkout } from './checkout.ts';

const isRoot = await requires('root');

describe('bin/nodectl', () => {
  let checkout: Checkout;
  beforeEach(() => {
    checkout = new Checkout();
  });
  afterEach(() => checkout.dispose());

  it('installs and builds a fresh checkout once, tells of it on standard error, and runs', () => {
    const first = checkout.run(['a', 'b']);
    expect(first).toMatchObject({ status: 0, stdout: 'ran a b\n' });
    expect(first.stderr).toContain('npm ci');
    expect(checkout.run(['c'])).toMatchObject({ status: 0, stdout: 'ran c\n', stderr: '' });
    expect([checkout.count('installs'), checkout.count('builds')]).toEqual([1, 1]);
  });

  it('lets one of several starts work and the others wait', async () => {
    const runs = await Promise.all(['1', '2', '3', '4', '5'].map((word) => checkout.start([word])));
    expect(runs.map(({ code, stdout }) => [code, stdout])).toEqual([1, 2, 3, 4, 5].map((word) => [0, `ran ${word}\n`]));
    expect([checkout.count('installs'), checkout.count('builds')]).toEqual([1, 1]);
  });

  it('builds again when the checkout has moved on, and installs only what the lock file changed', () => {
    checkout.run([]);
    checkout.moveOn(+1);
    expect(checkout.run(['x'])).toMatchObject({ status: 0, stdout: 'ran x\n' });
    expect([checkout.count('installs'), checkout.count('builds')]).toEqual([1, 2]);
    checkout.write('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '2.0.0' } } }));
    checkout.moveOn(+2);
    checkout.run([]);
    expect([checkout.count('installs'), checkout.count('builds')]).toEqual([2, 3]);
  });

  it('builds again when a worktree has moved on, whose .git is a file', () => {
    checkout.becomeWorktree();
    checkout.run([]);
    expect(checkout.run(['x'])).toMatchObject({ status: 0, stdout: 'ran x\n', stderr: '' });
    checkout.moveOn(+1);
    checkout.run([]);
    expect(checkout.count('builds')).toBe(2);
  });

  it('answers a TAB from the build that is there, and says nothing where there is none', () => {
    const silent = { status: 0, stdout: '', stderr: '' };
    expect(checkout.run(['__complete', 'bash'])).toMatchObject(silent);
    checkout.run([]);
    checkout.moveOn(+1);
    expect(checkout.run(['__complete', 'bash'])).toMatchObject({ ...silent, stdout: 'ran __complete bash\n' });
    expect([checkout.count('installs'), checkout.count('builds')]).toEqual([1, 1]);
  });

  it('takes over the lock of a process that died', () => {
    mkdirSync(join(checkout.folder, 'dist'));
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    checkout.write('dist/.lock', String(dead));
    expect(checkout.run(['x'])).toMatchObject({ status: 0, stdout: 'ran x\n' });
    expect(checkout.has('dist/.lock')).toBe(false);
  });

  it('goes on after a build that failed', () => {
    checkout.write('scripts/build.mjs', 'process.exit(9);\n');
    expect(checkout.run([])).toMatchObject({ status: 4, stdout: '' });
    checkout.write(
      'scripts/build.mjs',
      "import { writeFileSync } from 'node:fs';\nwriteFileSync('dist/built', '');\nwriteFileSync('dist/start.cjs', '');\n",
    );
    expect(checkout.run([]).status).toBe(0);
    expect(checkout.count('installs')).toBe(1);
  });

  it('says so when npm is missing', () => {
    checkout.removeNpm();
    const { status, stdout, stderr } = checkout.run([]);
    expect({ status, stdout }).toEqual({ status: 4, stdout: '' });
    expect(stderr).toContain('npm is not installed');
  });

  it('runs through a symbolic link', () => {
    checkout.run([]);
    const link = join(checkout.folder, 'link');
    symlinkSync(join(checkout.folder, 'bin/nodectl'), link);
    expect(checkout.run(['x'], { launcher: link })).toMatchObject({ status: 0, stdout: 'ran x\n', stderr: '' });
  });

  it('runs as an installed package, and says so when that package is incomplete', () => {
    checkout.run([]);
    for (const part of ['src', 'scripts', '.git', 'package-lock.json', 'node_modules']) checkout.remove(part);
    expect(checkout.run(['x'])).toMatchObject({ status: 0, stdout: 'ran x\n', stderr: '' });
    checkout.remove('dist');
    expect(checkout.run(['x'])).toMatchObject({ status: 4, stdout: '' });
  });

  it.skipIf(!isRoot)('runs the build that is there when the checkout cannot be written', () => {
    checkout.run([]);
    checkout.moveOn(+1);
    const script = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && exec "$2" "$1/bin/nodectl" x';
    const result = spawnSync('unshare', ['-m', 'sh', '-c', script, 'sh', checkout.folder, process.execPath], { encoding: 'utf8' });
    expect(result).toMatchObject({ status: 0, stdout: 'ran x\n' });
    expect(checkout.count('builds')).toBe(1);
  });

  it('refuses a Node that is too old in one line', () => {
    const pretend = join(checkout.folder, 'pretend.cjs');
    writeFileSync(pretend, "Object.defineProperty(process.versions, 'node', { value: '20.18.3' });\n");
    const { status, stderr } = checkout.run([], { node: ['-r', pretend] });
    expect(status).toBe(4);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('20.18.3');
  });
});
