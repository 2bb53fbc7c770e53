import { describe, expect, test } from 'vitest';
import { probeVolume } from '../../../src/host/storage/probe-volume.ts';
import { newSizedPlace, sizedLabel, sizedOptions } from '../../../src/node/storage/sized-place.ts';
import { volumeAt } from '../../../src/node/storage/volume-place.ts';
import type { ObservedVolume } from '../../../src/ports/containers.ts';
import type { FilesystemFacts, HostFiles } from '../../../src/ports/host-files.ts';
import { FakeMachine } from '../../fakes/fake-machine.ts';
import { makeVolume } from '../../node/make-node.ts';

const ENGINE = '/var/lib/docker';
const POINT = `${ENGINE}/volumes/nodectl-dev/_data`;
const PLACE = newSizedPlace('nodectl-dev', ENGINE);

/** A machine that has filesystems mounted, the longest path above counts, and these folders. */
function machine(mounts: Readonly<Record<string, Partial<FilesystemFacts>>>, folders: readonly string[] = [POINT], uid = 0): HostFiles {
  const { hostFiles, disk } = new FakeMachine();
  const above = (path: string) =>
    Object.keys(mounts)
      .filter((point) => path === point || path.startsWith(point === '/' ? '/' : `${point}/`))
      .sort((one, other) => other.length - one.length)[0] ?? '/';
  return {
    ...hostFiles,
    uid,
    status: (path) => (folders.includes(path) ? { kind: 'folder', mode: 0o755, uid: 0, size: 0, allocated: 0 } : undefined),
    filesystem: (path) => ({ ...disk, ...mounts[above(path)], mountPoint: above(path) }),
  };
}

const volume = (over: Partial<ObservedVolume>): ObservedVolume => ({ ...makeVolume('dev'), mountpoint: POINT, ...over });
const sized = volume({ labels: sizedLabel(PLACE), options: sizedOptions(PLACE) });

describe('a volume', () => {
  test('that is plain lies on its disk, which has no walls for it', () => {
    const seen = probeVolume(volume({}), machine({ '/': { source: '/dev/vda' }, [ENGINE]: { source: '/dev/vdb' } }));
    expect([seen.folder, seen.walls, seen.disk?.source]).toEqual([POINT, undefined, '/dev/vdb']);
  });

  test('in a folder elsewhere is looked at there, also while nothing has it mounted', () => {
    const at = volume(volumeAt({ kind: 'path', folder: '/mnt/big/nodectl-dev' }));
    const files = machine({ '/': {}, '/mnt/big': { source: '/dev/big' } }, ['/mnt/big/nodectl-dev']);
    expect(probeVolume(at, files)).toMatchObject({ folder: '/mnt/big/nodectl-dev', disk: { source: '/dev/big' } });
  });

  test('in a folder that is not there is not taken for the disk above it', () => {
    const at = volume(volumeAt({ kind: 'path', folder: '/mnt/big/nodectl-dev' }));
    expect(probeVolume(at, machine({ '/': {} }, []))).toEqual({ folder: undefined, walls: undefined, disk: undefined });
  });

  test('of its own size has the walls of its filesystem, and beneath the disk of its file', () => {
    const seen = probeVolume(sized, machine({ '/': { source: '/dev/vda' }, [POINT]: { source: '/dev/loop1', total: 20, free: 5 } }));
    expect([seen.folder, seen.walls?.total, seen.walls?.free, seen.disk?.source]).toEqual([POINT, 20, 5, '/dev/vda']);
  });

  test('of its own size that is not mounted is no empty folder', () => {
    const seen = probeVolume(sized, machine({ '/': { source: '/dev/vda' } }));
    expect([seen.folder, seen.walls, seen.disk?.source]).toEqual([undefined, undefined, '/dev/vda']);
  });

  test('with a quota has walls in its folder, which only root may see', () => {
    const kept = volume({ options: { size: '20g' } });
    const xfs = { type: 'xfs', options: ['rw', 'prjquota'] };
    const mounts = { '/': {}, [ENGINE]: { ...xfs, total: 100 }, [POINT]: { ...xfs, total: 20, free: 5 } };
    expect(probeVolume(kept, machine(mounts))).toMatchObject({ walls: { total: 20 }, disk: { total: 100 } });
    expect(probeVolume(kept, machine(mounts, [], 1000))).toMatchObject({ folder: POINT, walls: undefined, disk: { total: 100 } });
  });

  test('with a size of an engine whose disk has no quotas has no walls', () => {
    expect(probeVolume(volume({ options: { size: '20g' } }), machine({ '/': {} })).walls).toBeUndefined();
  });
});
