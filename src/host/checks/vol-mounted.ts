import { sizedPlaceOf } from '../../node/storage/sized-place.ts';
import type { FilesystemFacts } from '../../ports/host-files.ts';
import { check } from '../check.ts';
import { ENGINE_UNSEEN, engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

/** A volume that is a folder or disk of the host, and what is there now. */
export interface GivenPlace {
  readonly node: string;
  readonly device: string;
  /** True for a folder that is bound, false for a disk that the engine mounts itself. */
  readonly bound: boolean;
  readonly exists: boolean;
  readonly filesystem: FilesystemFacts | undefined;
}

export const volMounted = check({
  id: 'vol.mounted',
  question: 'are the disks there on which volumes of nodes lie',
  looksAt: 'host',
  probe: ({ engine, files }, { tenants }): readonly GivenPlace[] | undefined =>
    engineFacts(engine) &&
    tenants.flatMap(({ name, volume }) => {
      const { device, o = '' } = volume?.options ?? {};
      // A filesystem of nodectl's is for vol.files.
      if (device === undefined || !device.startsWith('/') || (volume !== undefined && sizedPlaceOf(volume) !== undefined)) return [];
      const bound = o.split(',').some((word) => word === 'bind' || word === 'rbind');
      const exists = files.status(device) !== undefined;
      return [{ node: name, device, bound, exists, filesystem: bound ? files.filesystem(device) : undefined }];
    }),
  judge(places) {
    if (places === undefined) return ENGINE_UNSEEN;
    const read = places.map(({ device, exists, filesystem }) => ({
      source: device,
      value: exists ? `on ${filesystem?.mountPoint ?? 'a disk of its own'}` : 'missing',
    }));
    if (places.length === 0) return calm('ok', "Volumes of nodes are the engine's own folders.", read);
    const gone = places.filter(({ exists }) => !exists);
    const mount = { text: 'Mount it, then start the node.', commands: ['mount -a'] };
    if (gone.length > 0) {
      const names = gone.map(({ node, device }) => `${device} of ${node}`).join(', ');
      return harm('fail', `Not there: ${names}. The node cannot start.`, read, mount);
    }
    const unmounted = places.filter(({ bound, filesystem }) => bound && filesystem?.mountPoint === '/');
    if (unmounted.length > 0) {
      const names = unmounted.map(({ node, device }) => `${device} of ${node}`).join(', ');
      return harm('fail', `Nothing is mounted at or above ${names}: the chain would fill the disk of the system.`, read, mount);
    }
    return calm('ok', 'The disks of the volumes are mounted.', read);
  },
});
