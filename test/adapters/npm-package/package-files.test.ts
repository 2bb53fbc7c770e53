import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { neededFiles } from '../../../src/adapters/npm-package/node-runtime.ts';
import { packageFiles } from '../../../src/adapters/npm-package/package-files.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

describe('what of installed packages goes into an image', () => {
  it('is code, data and licences, without types, maps, sources and binaries for other systems', () => {
    const folder = temporaryFolder();
    const paths = [
      'a/index.js',
      'a/index.d.ts',
      'a/index.js.map',
      'a/LICENSE.md',
      'a/README.md',
      'a/package.json',
      'a/test/t.js',
      'b/prebuild/linux-x64-115-binding.node',
      'b/prebuild/linux-arm64-115-binding.node',
      'b/prebuild/darwin-x64-115-binding.node',
      'b/src/native.c',
      'c-linux-arm64-gnu/c.node',
      '.bin/a',
    ];
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), '');
    }
    expect(packageFiles(folder, 'x64')).toEqual(['a/LICENSE.md', 'a/index.js', 'a/package.json', 'b/prebuild/linux-x64-115-binding.node']);
  });
});

describe('the shared libraries of a Node.js', () => {
  it('are told by ldd, the loader among them and the kernel’s own object not', () => {
    const said = [
      '\tlinux-vdso.so.1 (0x00007ffd)',
      '\tlibm.so.6 => /lib/x86_64-linux-gnu/libm.so.6 (0x00007f)',
      '\t/lib64/ld-linux-x86-64.so.2 (0x00007f)',
    ];
    expect(neededFiles(said.join('\n'))).toEqual(['/lib/x86_64-linux-gnu/libm.so.6', '/lib64/ld-linux-x86-64.so.2']);
  });
});
