import { check } from '../check.ts';
import { engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

const FEWER = { text: 'Remove what holds many small files: unused images and volumes.', commands: ['df -i', 'docker system df'] };

export const diskInodes = check({
  id: 'disk.inodes',
  question: 'may the disk hold more files',
  looksAt: 'host',
  probe({ engine, files }) {
    const path = engineFacts(engine)?.rootDir || '/var/lib/docker';
    return { path, disk: files.filesystem(path) };
  },
  judge({ path, disk }) {
    if (disk === undefined) {
      return calm('unknown', `The disk of ${path} could not be looked at.`, [{ source: `statfs ${path}`, value: 'unreadable' }]);
    }
    const read = [{ source: `statfs ${path} ffree`, value: `${disk.inodesFree} of ${disk.inodes}` }];
    if (!(disk.inodes > 0)) return calm('ok', `${disk.type || 'This filesystem'} makes inodes as it needs them.`, read);
    const share = disk.inodesFree / disk.inodes;
    const percent = `${Math.round(share * 1000) / 10} % of the inodes are free`;
    if (share < 0.01) return harm('fail', `${percent}: soon no file can be made.`, read, FEWER);
    if (share < 0.05) return harm('warn', `${percent}.`, read, FEWER);
    return calm('ok', `${percent}.`, read);
  },
});
