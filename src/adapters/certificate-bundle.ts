import { existsSync, readFileSync } from 'node:fs';

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
