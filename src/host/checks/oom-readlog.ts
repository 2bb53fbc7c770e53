import type { FileStatus } from '../../ports/host-files.ts';
import { check } from '../check.ts';
import { calm, harm } from '../judgement.ts';
import { CAPABILITY, hasCapability } from '../kernel/capabilities.ts';
import { wholeNumber } from '../kernel/whole-number.ts';
import { textOf } from '../place.ts';

const LOG = '/dev/kmsg';
const RESTRICT = '/proc/sys/kernel/dmesg_restrict';
const JOURNALS = ['/var/log/journal', '/run/log/journal'];

interface Evidence {
  readonly device: FileStatus | undefined;
  readonly restricted: boolean;
  readonly privileged: boolean;
  /** The folder of a journal that this user may list. */
  readonly journal: string | undefined;
}

/** The log itself is not read here: its device has no end. */
export const oomReadlog = check({
  id: 'oom.readlog',
  question: 'can the kernel log be read, which alone says who was killed',
  looksAt: 'host',
  probe({ files }): Evidence {
    const status = textOf(files, '/proc/self/status') ?? '';
    return {
      device: files.status(LOG),
      restricted: wholeNumber(textOf(files, RESTRICT) ?? '') !== 0,
      privileged: hasCapability(status, CAPABILITY.syslog) === true || hasCapability(status, CAPABILITY.sysAdmin) === true,
      journal: JOURNALS.find((folder) => (files.list(folder) ?? []).some((name) => files.list(`${folder}/${name}`) !== undefined)),
    };
  },
  judge({ device, restricted, privileged, journal }) {
    const read = [
      { source: LOG, value: device === undefined ? 'missing' : `mode ${(device.mode & 0o777).toString(8).padStart(4, '0')}` },
      { source: RESTRICT, value: restricted ? '1' : '0' },
      { source: 'journal', value: journal ?? 'none that may be read' },
    ];
    if (device !== undefined && (privileged || !restricted))
      return calm('ok', 'The kernel log can be read: a killed node is told from a stopped one.', read);
    if (journal !== undefined) return calm('info', 'The kernel log can be read through the journal alone.', read);
    const meaning = 'The kernel log cannot be read by this user: whether the kernel killed a node can only be guessed.';
    if (device === undefined)
      return calm('info', 'There is no kernel log in here: whether the kernel killed a node can only be guessed.', read);
    return harm('warn', meaning, read, {
      text: 'Run as root, or join the group that may read the journal.',
      commands: ['sudo usermod -aG adm $USER'],
    });
  },
});
