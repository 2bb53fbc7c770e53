// Builds dist/: one CommonJS chunk per command, shared chunks shared, those of hot commands packed, and a V8 code cache beside
// each file. A build has a folder of its own, named by a hash of all its content, and dist/start.cjs, replaced last, names it: a
// nodectl that runs while dist/ is built again keeps finding its own chunks, and no cache can meet code it was not made from (V8
// itself compares only the length of the source).
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

const options = {
  absWorkingDir: root,
  bundle: true,
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
};
const bundled = await build({
  ...options,
  entryPoints: { main: 'src/main.ts', usage: 'src/cli/completion/usage-rows.ts' },
  splitting: true,
  format: 'esm',
});
// Whole and apart: what it shares with the commands lies in files of theirs that are thirty times its size.
const completing = await build({ ...options, entryPoints: { complete: 'src/complete.ts' }, format: 'cjs' });

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
for (const { path, text } of completing.outputFiles) {
  files.set(basename(path), withLateModules(text));
  address.set(basename(path), basename(path));
}
const identity = createHash('sha256')
  .update(JSON.stringify([...files]))
  .digest('hex')
  .slice(0, 12);
const folder = join(dist, identity);
mkdirSync(folder, { recursive: true });
for (const [name, code] of files) replaceFile(join(folder, name), code);
const [entry, usage, complete] = ['main-', 'usage-', 'complete-'].map((start) => {
  const [, found] = [...address].find(([name]) => name.startsWith(start)) ?? [];
  if (found === undefined) throw new Error(`The build has no chunk ${start}….`);
  return found;
});
const outputs = { ...bundled.metafile.outputs, ...completing.metafile.outputs };
replaceFile(join(dist, 'metafile.json'), JSON.stringify({ outputs }));

const { usageRows } = createRequire(import.meta.url)('./load-chunks.cjs')
  .loadChunks(folder, { cached: false })
  .load(usage);
replaceFile(join(dist, 'usage.json'), JSON.stringify(await usageRows()));

const rehearsal = spawnSync(process.execPath, [join(root, 'scripts/write-code-cache.cjs'), folder, entry, complete], {
  encoding: 'utf8',
  timeout: 30_000,
});
if (rehearsal.status !== 0) process.stderr.write(`${rehearsal.stderr}\nNo code cache could be made: nodectl will start more slowly.\n`);

// The commit this was built from: the launcher builds again when the checkout has moved on since.
replaceFile(join(dist, 'built'), `${[identity, ...files.keys()].join('\n')}\n`);
utimesSync(join(dist, 'built'), startedAt, startedAt);
replaceFile(join(dist, 'start.cjs'), startFile());
removeOld();

/** The loader and the entry in one file, since each file that Node itself loads costs half a millisecond. */
function startFile() {
  return `${readFileSync(join(root, 'scripts/load-chunks.cjs'))}
const { load } = exports.loadChunks(join(__dirname, '${identity}'));
const [word, ...words] = process.argv.slice(2);
if (word === '__complete') load('${complete}').complete(words, join(__dirname, '..'));
else load('${entry}').main(process.argv.slice(2), join(__dirname, '..'));
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
