import type { HostStep } from '../host-step.ts';
import { chosenWord } from '../kernel/chosen-word.ts';
import { textOf } from '../place.ts';
import { fileSteps } from './file-step.ts';
import type { Fix } from './fix.ts';
import { writableText } from './writable-text.ts';

const FILE = '/sys/kernel/mm/transparent_hugepage/enabled';
const WANTED = 'madvise';

/** systemd-tmpfiles writes it at every boot; OpenRC's local service runs the other. */
const TMPFILES = { folder: '/etc/tmpfiles.d', name: 'nodectl-huge-pages.conf', text: `w ${FILE} - - - - ${WANTED}\n` };
const LOCAL = { folder: '/etc/local.d', name: 'nodectl-huge-pages.start', text: `#!/bin/sh\necho ${WANTED} > ${FILE}\n` };

export const hugePages: Fix = {
  heals: ['thp'],
  async plan({ files }) {
    const now = chosenWord(textOf(files, FILE) ?? '');
    if (now !== 'always') return [];
    const setNow: HostStep = {
      id: 'huge-pages-now',
      cause: 'geth shall not hold more memory than it uses',
      command: `echo ${WANTED} > ${FILE}`,
      undo: `echo ${now} > ${FILE}`,
      act: { kind: 'set-kernel-value', path: FILE, value: WANTED },
      revert: { kind: 'set-kernel-value', path: FILE, value: now },
    };
    const place = files.list('/run/systemd/system') !== undefined ? TMPFILES : LOCAL;
    if (files.list(place.folder) === undefined) return [setNow];
    const path = `${place.folder}/${place.name}`;
    const before = writableText(files, path);
    return before === place.text
      ? [setNow]
      : [setNow, ...fileSteps('huge-pages-persist', 'it shall be so after every boot', { path, before, after: place.text }, undefined)];
  },
};
