import { existsSync, readFileSync } from 'node:fs';
import { file, folder } from './docker-archive.ts';
import type { ArchiveEntry } from './tar-pack.ts';

/** Where distributions keep the bundle of certificate authorities: Debian, Fedora, SUSE, RHEL, Alpine. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** This machine's bundle of certificate authorities; undefined when it has none where we know to look. */
export function certificateBundle(): Buffer | undefined {
  const path = BUNDLES.find((candidate) => existsSync(candidate));
  return path === undefined ? undefined : readFileSync(path);
}

/** The bundle where the programs of an image look for it; none where this machine has none. */
export function certificateEntries(): readonly ArchiveEntry[] {
  const bundle = certificateBundle();
  if (bundle === undefined) return [];
  return [
    ...['etc/', 'etc/ssl/', 'etc/ssl/certs/'].map((name) => ({ header: folder(name, 0o755) })),
    { header: file('etc/ssl/certs/ca-certificates.crt', 0o644), content: bundle },
  ];
}
