// Builds dist/: one CommonJS chunk per command, shared chunks shared, those of hot commands packed, and a V8 code cache beside
// each file. A build has a folder of its own, named by a hash of all its content, and dist/start.cjs, replaced last, names it: a
// nodectl that runs while dist/ is built again keeps finding its own chunks, and no cache can meet code it was not made from (V8
// itself compares only the length of the source).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';
import { LATE } from './load-chunks.cjs';
import { packChunks } from './pack-chunks.mjs';
import { stubs } from './stub-unused-libraries.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const startedAt = new Date();
const minify = { minifyWhitespace: true, minifySyntax: true, charset: 'ascii', logLevel: 'warning' };

if (process.argv.includes('--clean')) rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
const previous = readManifest()[0];

const bundled = await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  mainFields: ['module', 'main'],
  outdir: dist,
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  outExtension: { '.js': '.cjs' },
  metafile: true,
  write: false,
  plugins: [stubs],
  ...minify,
});

const chunks = new Map();
for (const { path, text } of bundled.outputFiles) {
  const { code } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target: 'node20.19',
    supported: { 'dynamic-import': false },
    ...minify,
  });
  chunks.set(basename(path), withLateModules(code));
}
const { files, address } = packChunks(chunks, bundled.metafile.outputs);
const identity = createHash('sha256')
  .update(JSON.stringify([...files]))
  .digest('hex')
  .slice(0, 12);
const folder = join(dist, identity);
mkdirSync(folder, { recursive: true });
for (const [name, code] of files) replaceFile(join(folder, name), code);
const entry = [...address].find(([name]) => name.startsWith('main-'))?.[1];
if (entry === undefined) throw new Error('The build has no entry chunk.');
replaceFile(join(dist, 'metafile.json'), JSON.stringify(bundled.metafile));

const rehearsal = spawnSync(process.execPath, [join(root, 'scripts/write-code-cache.cjs'), folder, entry], {
  encoding: 'utf8',
  timeout: 30_000,
});
if (rehearsal.status !== 0) process.stderr.write(`${rehearsal.stderr}\nNo code cache could be made: nodectl will start more slowly.\n`);

// The commit this was built from: the launcher builds again when the checkout has moved on since.
replaceFile(join(dist, 'built'), `${[identity, ...files.keys()].join('\n')}\n`);
utimesSync(join(dist, 'built'), startedAt, startedAt);
replaceFile(join(dist, 'start.cjs'), startFile(entry));
removeOld();

/** The loader and the entry in one file, since each file that Node itself loads costs half a millisecond. */
function startFile(main) {
  return `${readFileSync(join(root, 'scripts/load-chunks.cjs'))}
exports.loadChunks(join(__dirname, '${identity}')).load('${main}').main(process.argv.slice(2), join(__dirname, '..'));
`;
}

/** The interop wrapper copies every name of a module at once, which would load it: the loader's stand-in needs no wrapper. */
function withLateModules(code) {
  return code.replace(/__toESM\(require\("(?:node:)?([\w/]+)"\)(?:,1)?\)/g, (wrapped, id) => (LATE.has(id) ? `require("${id}")` : wrapped));
}

/** All but this build and the previous one, which may still be in use. */
function removeOld() {
  for (const name of readdirSync(dist)) {
    if (/^[0-9a-f]{12}$/.test(name) && name !== identity && name !== previous) rmSync(join(dist, name), { recursive: true, force: true });
  }
}

function readManifest() {
  const manifest = join(dist, 'built');
  return existsSync(manifest) ? readFileSync(manifest, 'utf8').split('\n') : [];
}

function replaceFile(path, content) {
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, path);
}

const size = [...files.values()].reduce((sum, code) => sum + code.length, 0);
process.stderr.write(
  `Built ${chunks.size} chunks in ${files.size} files, ${(size / 1024).toFixed(0)} KiB, in ${((Date.now() - startedAt.getTime()) / 1000).toFixed(1)} s.\n`,
);
