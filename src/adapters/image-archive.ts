import { createReadStream, statSync } from 'node:fs';
import { NodectlError } from '../errors.ts';
import { BUILT_PROGRAMS } from '../node/built-program.ts';
import type { ImagePacker } from '../ports/images.ts';
import { certificateBundle } from './certificate-bundle.ts';
import { dockerArchive, file, folder } from './docker-archive.ts';
import type { ArchiveEntry } from './tar-pack.ts';

type PackRequest = Parameters<ImagePacker['pack']>[0];

/** Packs a program as an image with the layout of geth's official one, plus a data folder that an ordinary user owns. */
export function imageArchive(): ImagePacker {
  return { pack: packImage };
}

async function* packImage(request: PackRequest): AsyncGenerator<Uint8Array> {
  try {
    yield* dockerArchive({ ...request, config: imageConfig(request), entries: layerEntries(request) });
  } catch (error) {
    throw new NodectlError('IMAGE_BUILD_FAILED', `Cannot pack ${request.binary} as an image: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function imageConfig({ program, labels }: PackRequest): object {
  const { command, ports } = BUILT_PROGRAMS[program];
  return {
    Entrypoint: [command],
    Env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
    Labels: Object.fromEntries(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function layerEntries({ program, binary }: PackRequest): readonly ArchiveEntry[] {
  const { command } = BUILT_PROGRAMS[program];
  const certificates = certificateBundle();
  return [
    { header: folder('data/', 0o700, 1000) },
    ...(certificates === undefined
      ? []
      : [
          ...['etc/', 'etc/ssl/', 'etc/ssl/certs/'].map((name) => ({ header: folder(name, 0o755) })),
          { header: file('etc/ssl/certs/ca-certificates.crt', 0o644), content: certificates },
        ]),
    { header: folder('tmp/', 0o1777) },
    ...['usr/', 'usr/local/', 'usr/local/bin/'].map((name) => ({ header: folder(name, 0o755) })),
    {
      header: { ...file(`usr/local/bin/${command}`, 0o755), size: statSync(binary).size },
      content: () => createReadStream(binary),
    },
  ];
}
