import { createReadStream, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { NodectlError } from '../../errors.ts';
import { LABEL_IMAGE_SUM } from '../../node/image-choice.ts';
import type { PackageImages } from '../../ports/package-image.ts';
import { certificateEntries } from '../certificate-bundle.ts';
import { dockerArchive, file, folder } from '../docker-archive.ts';
import { cacheRoot } from '../go-toolchain/build-cache.ts';
import type { ArchiveEntry } from '../tar-pack.ts';
import { installPackages } from './install-packages.ts';
import { NODE_PATH, nodeRuntime } from './node-runtime.ts';
import { packageFiles } from './package-files.ts';

/** Node's words for processors, as Go and image manifests say them. */
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64', riscv64: 'riscv64' };

/** V8 would otherwise let its heap grow to half of the container's limit before it collects. */
const HEAP_MIB = 192;

/** Builds from the folders of `images/`: each has a program, a package.json and a package-lock.json. */
export function packageImages(sources: string, env: NodeJS.ProcessEnv): PackageImages {
  return {
    async build({ program, reference, architecture, labels }, onProgress, signal) {
      if (ARCHITECTURES[process.arch] !== architecture) {
        throw new NodectlError(
          'IMAGE_BUILD_FAILED',
          `This machine's Node.js is for ${process.arch}; the engine's host is ${architecture}.`,
          {
            hint: 'Build on a machine of the same architecture, or give an image of your own with --image.',
          },
        );
      }
      const source = join(sources, program);
      const packages = await installPackages({ program, source, cacheRoot: cacheRoot(env), onProgress, signal });
      const runtime = await nodeRuntime();
      const authorities = certificateEntries();
      const entries = [
        ...below(runtime.map(({ source, target }) => ({ source, target: target.slice(1), mode: 0o755 }))),
        { header: folder('data/', 0o700, 1000) },
        ...authorities,
        { header: folder('tmp/', 0o1777) },
        ...below([
          ...readdirSync(source)
            .filter((name) => name.endsWith('.mjs'))
            .sort()
            .map((name) => ({ source: join(source, name), target: `app/${name}`, mode: 0o644 })),
          { source: join(source, 'package.json'), target: 'app/package.json', mode: 0o644 },
          ...packageFiles(packages.folder, process.arch).map((path) => ({
            source: join(packages.folder, path),
            target: `app/node_modules/${path}`,
            mode: 0o644,
          })),
        ]),
      ];
      const config = {
        // This machine's certificate authorities rather than those that Node.js was built with.
        Entrypoint: [
          NODE_PATH,
          `--max-old-space-size=${HEAP_MIB}`,
          ...(authorities.length > 0 ? ['--use-openssl-ca'] : []),
          '/app/start.mjs',
        ],
        Env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'NODE_ENV=production', 'SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt'],
        User: '1000:1000',
        WorkingDir: '/app',
        ExposedPorts: { '8545/tcp': {} },
        Labels: Object.fromEntries(Object.entries({ ...labels, [LABEL_IMAGE_SUM]: packages.lockSum }).sort(([a], [b]) => (a < b ? -1 : 1))),
      };
      return {
        archive: dockerArchive({ reference, architecture, config, entries }),
        lockSum: packages.lockSum,
        nodeVersion: process.versions.node,
      };
    },
  };
}

interface Placed {
  readonly source: string;
  readonly target: string;
  readonly mode: number;
}

/** The files with every folder above them, each once and before what is in it. */
function below(files: readonly Placed[]): readonly ArchiveEntry[] {
  const made = new Set<string>();
  return files.flatMap(({ source, target, mode }) => {
    const parts = target.split('/').slice(0, -1);
    const folders = parts.map((_, depth) => `${parts.slice(0, depth + 1).join('/')}/`).filter((path) => !made.has(path));
    for (const path of folders) made.add(path);
    return [
      ...folders.map((path) => ({ header: folder(path, 0o755) })),
      { header: { ...file(target, mode), size: statSync(source).size }, content: () => createReadStream(source) },
    ];
  });
}
