import { closeSync, fsyncSync, linkSync, lstatSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { NodectlError } from '../errors.ts';
import type { BundledText, BundleFile } from '../ports/bundle-file.ts';
import { hostError } from './host-error.ts';
import type { Output } from './output.ts';

/** Support archives on this machine's disk, or on standard output. */
export function bundleFile(stdout: Output): BundleFile {
  return {
    refuse(path) {
      if (path === '-') return refuseTerminal(stdout);
      const target = resolve(path);
      if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) throw exists(target);
      if (statSync(dirname(target), { throwIfNoEntry: false })?.isDirectory()) return;
      throw new NodectlError('HOST_REFUSED', `There is no folder ${dirname(target)}.`, { hint: 'Make the folder, or name another file.' });
    },
    async write(path, folder, files, at) {
      const archive = await compressed(folder, files, new Date(at));
      if (path === '-') stdout.write(archive);
      else publish(resolve(path), archive);
      return archive.length;
    },
  };
}

/** Bundles are bounded to 20 MiB before they are compressed. */
async function compressed(folder: string, files: readonly BundledText[], mtime: Date): Promise<Buffer> {
  const tar = pack();
  const owner = { mode: 0o600, uid: 0, gid: 0, mtime };
  for (const { name, text } of files) tar.entry({ ...owner, name: `${folder}/${name}` }, Buffer.from(text));
  tar.finalize();
  const pieces: Buffer[] = [];
  await pipeline(tar, createGzip(), async (zipped: AsyncIterable<Buffer>) => {
    for await (const piece of zipped) pieces.push(piece);
  });
  return Buffer.concat(pieces);
}

/** Written whole under another name; then it gets its own, unlike by a rename only where nothing has it. */
function publish(target: string, archive: Buffer): void {
  const fresh = join(dirname(target), `.${basename(target)}.nodectl-${process.pid}`);
  try {
    rmSync(fresh, { force: true });
    const descriptor = openSync(fresh, 'wx', 0o600);
    try {
      for (let sent = 0; sent < archive.length; ) sent += writeSync(descriptor, archive, sent);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    named(fresh, target);
  } catch (thrown) {
    throw (thrown as NodeJS.ErrnoException).code === 'EEXIST' ? exists(target) : hostError(target, thrown);
  } finally {
    rmSync(fresh, { force: true });
  }
}

function named(fresh: string, target: string): void {
  try {
    linkSync(fresh, target);
  } catch (thrown) {
    // Filesystems without a second name for a file: vfat, some network shares.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes((thrown as NodeJS.ErrnoException).code ?? '')) throw thrown;
    closeSync(openSync(target, 'wx', 0o600));
    renameSync(fresh, target);
  }
}

function exists(target: string): NodectlError {
  return new NodectlError('USAGE', `${target} exists already. It is left as it is.`, { hint: 'Name another file for --bundle.' });
}

function refuseTerminal(stdout: Output): void {
  if (!stdout.isTTY) return;
  throw new NodectlError('USAGE', 'An archive is nothing for a terminal.', { hint: 'Name a file, or pipe it: --bundle - > node.tar.gz.' });
}
