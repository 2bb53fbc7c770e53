import fc from 'fast-check';
import { expect, test } from 'vitest';
import { journalLine } from '../../../src/diagnosis/kernel/journal-line.ts';

const TEXT = 'Memory cgroup out of memory: Killed process 7 (geth) total-vm:1kB, anon-rss:1kB';
/** Fields as journald writes them for a line of the kernel. */
const KERNEL = {
  ...{ _TRANSPORT: 'kernel', SYSLOG_FACILITY: '0', SYSLOG_IDENTIFIER: 'kernel', PRIORITY: '3', _HOSTNAME: 'vm' },
  ...{ __REALTIME_TIMESTAMP: '1795291633861110', __MONOTONIC_TIMESTAMP: '63248743999', _SOURCE_MONOTONIC_TIMESTAMP: '63248743814' },
  ...{ _BOOT_ID: '0123456789abcdef0123456789abcdef', MESSAGE: TEXT },
};
const line = (over: Readonly<Record<string, unknown>> = {}) => journalLine(JSON.stringify({ ...KERNEL, ...over }));

test('a line of the kernel has its instant, its boot and its place in the kernel’s log', () => {
  expect(line()).toEqual({
    ...{ at: 1_795_291_633_861.11, writer: 'kernel', text: TEXT },
    ...{ boot: '0123456789abcdef0123456789abcdef', microseconds: 63_248_743_814 },
  });
});

test('a line of the kernel that the journal took later has the instant at which the kernel wrote it', () => {
  // Recorded: a journal of systemd 252 that began 17 hours after the boot.
  const late = {
    ...{ __REALTIME_TIMESTAMP: '1795293036999848', __MONOTONIC_TIMESTAMP: '64651891812' },
    _SOURCE_MONOTONIC_TIMESTAMP: '63913673099',
  };
  expect(line(late)?.at).toBe((1_795_293_036_999_848 - (64_651_891_812 - 63_913_673_099)) / 1000);
  // Of 60 days 20 seconds are the clock's own fault.
  const drifted = { __MONOTONIC_TIMESTAMP: String(60 * 86_400e6), _SOURCE_MONOTONIC_TIMESTAMP: String(60 * 86_400e6 - 20e6) };
  expect(line({ ...late, ...drifted })?.at).toBe(1_795_293_036_999.848);
});

test.each([
  ['a program wrote into /dev/kmsg', { SYSLOG_FACILITY: '1', SYSLOG_IDENTIFIER: 'kernel' }],
  ['a program says twice which facility it has', { SYSLOG_FACILITY: ['0', '1'] }],
  ['a program calls itself the kernel', { _TRANSPORT: 'syslog' }],
  ['a container’s output is kept in the journal', { _TRANSPORT: 'journal', _SYSTEMD_UNIT: 'docker.service', CONTAINER_NAME: 'kernel' }],
  ['a program says it is the unit', { _TRANSPORT: 'journal', UNIT: 'earlyoom.service', _SYSTEMD_UNIT: 'user@1000.service' }],
  ['a unit has the name of a property of every object', { _TRANSPORT: 'stdout', _SYSTEMD_UNIT: 'constructor' }],
  ['its time is missing', { __REALTIME_TIMESTAMP: undefined }],
  ['its words are too many for the journal', { MESSAGE: null }],
  ['its words come twice', { MESSAGE: ['a', 'b'] }],
])('a line is nobody’s whose word counts where %s', (_why, over) => expect(line(over)).toBeUndefined());

test.each([
  ['systemd-oomd.service', 'systemd-oomd'],
  ['earlyoom.service', 'earlyoom'],
])('a line of the unit %s is its own', (unit, writer) => {
  const found = line({ _TRANSPORT: 'stdout', SYSLOG_FACILITY: '3', _SYSTEMD_UNIT: unit });
  expect(found).toMatchObject({ writer, text: TEXT, microseconds: undefined });
});

test('words that are no UTF-8 come as bytes', () => {
  expect(line({ MESSAGE: [...Buffer.from('a\u001bé'), 0xff] })?.text).toBe('a\u001bé\ufffd');
  expect(line({ MESSAGE: [1, 256] })).toBeUndefined();
});

test('nothing that is written makes it fail', () => {
  for (const text of ['', 'null', '[]', '7', '{', '{"_TRANSPORT":"kernel"}']) expect(journalLine(text)).toBeUndefined();
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void journalLine(text)));
  fc.assert(fc.property(fc.object({ key: fc.constantFrom(...Object.keys(KERNEL), '_SYSTEMD_UNIT') }), (over) => void line(over)));
});
