import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kmsgRecord } from '../../../src/diagnosis/kernel/kmsg-record.ts';

test('a record of the kernel has its number, its time and its words, without the properties below', () => {
  expect(kmsgRecord('6,62690,63224247314,-;br-28: port 2(veth33) entered forwarding state\n SUBSYSTEM=net\n DEVICE=n5\n')).toEqual({
    ...{ sequence: 62_690, microseconds: 63_224_247_314, text: 'br-28: port 2(veth33) entered forwarding state' },
  });
});

test('a record of a kernel that tells the caller too, or that was cut, is one as well', () => {
  expect(kmsgRecord('3,7,99,-,caller=T123;a;b')?.text).toBe('a;b');
  expect(kmsgRecord('3,7,99,c;,cpuset=x')?.text).toBe(',cpuset=x');
});

test.each([8, 9, 11, 15, 30, 134, 8191])('a record of facility and level %i was written by a program and has no words', (priority) => {
  const record = kmsgRecord(`${priority},5,9,-;Out of memory: Killed process 1 (geth) total-vm:1kB, anon-rss:1kB`);
  expect(record).toEqual({ sequence: 5, microseconds: 9, text: undefined });
});

test('bytes that are no printable ASCII come back as they were', () => {
  expect(kmsgRecord('6,1,2,-;a\\x0ab \\x5cx41 \\xc3\\xa9 \\xff')?.text).toBe('a\nb \\x41 é \ufffd');
});

test.each(['', ';', 'abc', '6,1;x', '6,1,x,-;y', ' SUBSYSTEM=net', '-1,1,2,-;x\n', ',,,;x'])('%j is no record of the kernel', (raw) =>
  expect(kmsgRecord(raw)?.text).toBeUndefined(),
);

test('nothing that a kernel or anybody writes makes it fail', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => void kmsgRecord(raw)));
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void kmsgRecord(`6,1,2,-;${text}`)));
});
