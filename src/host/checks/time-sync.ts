import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { chronyTracking, timedateFacts } from '../kernel/clock-answers.ts';

/** Seconds; the engine API of geth refuses tokens that are a minute off, and attestations are late after a few. */
const BEARABLE = 1;

export const timeSync = check({
  id: 'time.sync',
  question: 'does the clock go right',
  looksAt: 'host',
  async probe({ ask, files }) {
    // Without systemd timedatectl has nobody to ask.
    const systemd = files.list('/run/systemd/system') !== undefined;
    const [timedate, chrony] = await Promise.all([
      systemd ? ask(['timedatectl', 'show', '--property=NTP', '--property=NTPSynchronized']) : undefined,
      ask(['chronyc', '-c', 'tracking']),
    ]);
    return { timedate, chrony };
  },
  judge({ timedate, chrony }) {
    const told = timedateFacts(timedate ?? '');
    const tracking = chronyTracking(chrony ?? '');
    const synced = tracking?.synced ?? told.synced;
    const read = [
      { source: 'timedatectl NTPSynchronized', value: told.synced === undefined ? 'unknown' : told.synced ? 'yes' : 'no' },
      { source: 'chronyc tracking', value: tracking === undefined ? 'unknown' : `${tracking.offset} s off` },
    ];
    if (synced === undefined) {
      return calm('unknown', 'Nothing here tells whether the clock is kept right; in a virtual machine its host may do it.', read);
    }
    const service = told.ntp === true ? ['timedatectl timesync-status'] : ['timedatectl set-ntp true'];
    if (!synced) {
      const meaning = 'The clock is not kept right: consensus clients are refused by geth when it is a minute off, and are late before.';
      return harm('fail', meaning, read, {
        text: 'Let a time service keep it.',
        commands: tracking === undefined ? service : ['chronyc makestep'],
      });
    }
    const off = Math.abs(tracking?.offset ?? 0);
    if (off >= BEARABLE) {
      return harm('warn', `The clock is ${off} s off.`, read, { text: 'Set it at once.', commands: ['chronyc makestep'] });
    }
    return calm('ok', 'The clock is kept right.', read);
  },
});
