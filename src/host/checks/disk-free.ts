import { formatSize, GIB } from '../../node/size.ts';
import { check } from '../check.ts';
import { diskDemand } from '../disk/demand.ts';
import { growthPerDay } from '../disk/growth.ts';
import { urgency } from '../disk/urgency.ts';
import { engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

/** Geth ends itself at 512 MiB free by default and warns at twice that; an engine needs room of its own. */
const HARDLY_ANY = 2 * GIB;
const LITTLE = 10 * GIB;

const MORE = { text: 'Give the engine a larger disk, or free some of it.', commands: ['docker system df', 'nodectl ls'] };

export const diskFree = check({
  id: 'disk.free',
  question: 'is there disk for the chain, and for how long',
  looksAt: 'host',
  probe({ engine, files, now, freeHistory }) {
    const path = engineFacts(engine)?.rootDir || '/var/lib/docker';
    const disk = files.filesystem(path);
    return { path, disk, growth: disk && growthPerDay(freeHistory, now, disk.free) };
  },
  judge({ path, disk, growth }, subject) {
    if (disk === undefined || !(disk.total > 0)) {
      return calm('unknown', `The disk of ${path} could not be looked at.`, [{ source: `statfs ${path}`, value: 'unreadable' }]);
    }
    const perDay = growth === undefined ? undefined : Math.round(growth);
    const read = [
      { source: `statfs ${path}`, value: `${formatSize(disk.free)} of ${formatSize(disk.total)} free` },
      { source: 'growth', value: perDay === undefined ? 'unknown' : `${perDay < 0 ? '-' : ''}${formatSize(Math.abs(perDay))} a day` },
    ];
    const has = `The disk has ${formatSize(disk.free)} free`;
    if (disk.free < HARDLY_ANY) return harm('fail', `${has}: geth ends itself before it is full.`, read, MORE);
    const demand = diskDemand(subject);
    if (demand?.bytes !== undefined && disk.free < demand.bytes * 1.05) {
      return harm('fail', `${has}, and ${formatSize(demand.bytes)} are needed (${demand.source}).`, read, MORE);
    }
    const days = perDay !== undefined && perDay > 0 ? Math.floor(disk.free / perDay) : Number.POSITIVE_INFINITY;
    const urgent = urgency(days);
    if (urgent !== undefined) return harm(urgent, `${has} and is full in ${days} days as it grows now.`, read, MORE);
    if (demand?.bytes !== undefined && disk.free < demand.bytes * 1.2) {
      const meaning = `${has}, hardly more than the ${formatSize(demand.bytes)} that are needed (${demand.source}) and that grow.`;
      return harm('warn', meaning, read, MORE);
    }
    if (disk.free < LITTLE) return harm('warn', `${has}.`, read, MORE);
    const pace = perDay === undefined ? 'its growth is not known yet' : perDay <= 0 ? 'it does not grow' : `enough for ${days} days`;
    return calm('ok', `${has}; ${pace}.`, read);
  },
});
