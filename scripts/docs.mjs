// Writes the generated part of the documentation (docs/reference/, profiles/profile.schema.json) from the tables in src/.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
mkdirSync(join(root, 'dist'), { recursive: true });
const bundle = join(mkdtempSync(join(root, 'dist', 'docs-')), 'reference-files.mjs');
try {
  await build({
    absWorkingDir: root,
    entryPoints: ['scripts/reference/reference-files.ts'],
    outfile: bundle,
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'warning',
  });
  const { referenceFiles } = await import(pathToFileURL(bundle).href);
  const files = await referenceFiles(root);
  const schemas = join(root, 'docs/reference/schemas');
  mkdirSync(schemas, { recursive: true });
  for (const name of readdirSync(schemas)) {
    if (!files.has(`docs/reference/schemas/${name}`)) rmSync(join(schemas, name));
  }
  for (const [path, text] of files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  process.stderr.write(`Wrote ${files.size} files.\n`);
} finally {
  rmSync(dirname(bundle), { recursive: true, force: true });
}
