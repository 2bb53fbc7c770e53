import { NodectlError } from '../errors.ts';
import { JWT_FILE } from '../node/container-paths.ts';
import type { DesiredSecrets } from '../node/desired-node.ts';
import { secretVolume } from '../node/names.ts';
import type { ConsensusQuestion } from './decide-consensus.ts';
import type { Standing } from './decide-node.ts';
import { readFromVolume } from './read-from-volume.ts';

/** The key of somebody else's consensus client for the secret volume. USAGE where none is given and none is there. */
export async function externalKey(
  { name, request, present, observed, image }: ConsensusQuestion,
  { engine, files }: Standing,
): Promise<{ readonly secret: DesiredSecrets; readonly notes: readonly string[] }> {
  const stays = present?.consensus?.kind === 'external';
  if (request.jwtFile === undefined) {
    if (stays) return { secret: { files: [], makesKey: false }, notes: [] };
    throw new NodectlError('USAGE', 'geth and a consensus client of your own share a key, and none was given.', {
      hint: 'Add --jwt-file FILE; `openssl rand -hex 32` makes one.',
    });
  }
  const content = `${files.readKey(request.jwtFile)}\n`;
  const volume = secretVolume(name);
  const there = observed.volumes.some((seen) => seen.name === volume);
  const had = there ? await readFromVolume({ node: name, volume, image }, JWT_FILE, engine) : undefined;
  if (had === content) return { secret: { files: [], makesKey: false }, notes: [] };
  const notes = stays ? [`geth reads the other key when it starts next: \`nodectl restart ${name}\`.`] : [];
  return { secret: { files: [{ path: JWT_FILE, content, mode: 0o600 }], makesKey: false }, notes };
}
