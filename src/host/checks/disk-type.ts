import { check } from '../check.ts';
import { engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';
import { disksBelow } from '../kernel/block-device.ts';

const NETWORKED = ['nfs', 'nfs4', 'cifs', 'smb3', '9p', 'fuse.sshfs', 'ceph', 'glusterfs'];

export const diskType = check({
  id: 'disk.type',
  question: 'what kind of disk holds the chains',
  looksAt: 'host',
  probe({ engine, files }) {
    const path = engineFacts(engine)?.rootDir || '/var/lib/docker';
    const place = files.filesystem(path);
    return { path, place, disks: place === undefined ? [] : disksBelow(files, place.source) };
  },
  judge({ path, place, disks }) {
    const read = [
      { source: `/proc/self/mountinfo ${path}`, value: place === undefined ? 'unreadable' : `${place.type} on ${place.source}` },
      ...disks.map(({ name, rotational }) => ({
        source: `/sys/block/${name}/queue/rotational`,
        value: String(rotational ?? 'unreadable'),
      })),
    ];
    const real = { text: 'Keep chains on a disk of the machine, an SSD or NVMe.', commands: [] };
    if (place !== undefined && NETWORKED.includes(place.type)) {
      return harm('fail', `The chains lie on ${place.type}, over a network: geth's database needs a disk of its own.`, read, real);
    }
    if (place?.type === 'tmpfs') {
      return harm('fail', 'The chains lie in memory: they are lost at a reboot, and count as memory of their nodes.', read, real);
    }
    if (disks.some(({ rotational, virtual }) => rotational === true && !virtual)) {
      return harm('fail', 'The chains lie on a turning disk: no public chain can be followed from one.', read, real);
    }
    if (disks.length === 0) return calm('unknown', 'What disk is below could not be found out.', read);
    if (disks.some(({ virtual }) => virtual)) {
      return calm('info', 'A virtual disk: what is below it, only its speed tells (disk.latency).', read);
    }
    if (disks.some(({ rotational }) => rotational === undefined)) return calm('unknown', 'The disk does not tell its kind.', read);
    return calm('ok', 'The chains lie on a disk without turning parts.', read);
  },
});
