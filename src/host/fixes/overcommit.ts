import type { HostStep } from '../host-step.ts';
import { wholeNumber } from '../kernel/whole-number.ts';
import { textOf } from '../place.ts';
import { SYSCTL_FILE, setSysctl, sysctlValue } from '../swappiness/sysctl-file.ts';
import type { Fix } from './fix.ts';
import { writableText } from './writable-text.ts';

const KEY = 'vm.overcommit_memory';
const FILE = '/proc/sys/vm/overcommit_memory';
/** The kernel's own: it refuses only what is obviously too much. */
const WANTED = '0';

export const overcommitFix: Fix = {
  heals: ['vm.overcommit'],
  async plan({ files }) {
    const now = wholeNumber(textOf(files, FILE) ?? '');
    if (now !== 2) return [];
    const text = writableText(files, SYSCTL_FILE);
    const wanted = setSysctl(text, KEY, WANTED, String(now));
    const undo = `sysctl -w ${KEY}=${now}`;
    const setNow: HostStep = {
      id: 'overcommit-now',
      cause: 'the engine cannot start containers under strict accounting',
      command: `sysctl -w ${KEY}=${WANTED}`,
      undo,
      act: { kind: 'set-kernel-value', path: FILE, value: WANTED },
      revert: { kind: 'set-kernel-value', path: FILE, value: String(now) },
    };
    if (sysctlValue(text ?? '', KEY) === WANTED) return [setNow];
    const persist: HostStep = {
      id: 'overcommit-persist',
      cause: 'it shall be so after every boot',
      command: `echo '${KEY} = ${WANTED}' >> ${SYSCTL_FILE}`,
      undo: `sed -i '/${KEY}/d' ${SYSCTL_FILE}`,
      act: { kind: 'write-file', path: SYSCTL_FILE, expected: text, text: wanted, mode: 0o644 },
      revert: { kind: 'write-file', path: SYSCTL_FILE, expected: wanted, text, mode: 0o644 },
    };
    return [setNow, persist];
  },
};
