import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stopTimeout } from '../../../src/host/checks/stop-timeout.ts';
import { timeSync } from '../../../src/host/checks/time-sync.ts';
import { volMounted } from '../../../src/host/checks/vol-mounted.ts';
import { volOptions } from '../../../src/host/checks/vol-options.ts';
import { chronyTracking, timedateFacts } from '../../../src/host/kernel/clock-answers.ts';
import { GIB } from '../../../src/node/size.ts';
import { FakeMachine } from '../../fakes/fake-machine.ts';
import { eyesOn, NOBODY, tenant } from '../machine-eyes.ts';

test.each([
  [300, 'ok'],
  [-1, 'ok'],
  [60, 'warn'],
  [10, 'fail'],
])('stop.timeout: %s s is %s', (seconds, severity) => {
  expect(stopTimeout.judge([{ node: 'dev', again: 'up', seconds }], NOBODY).severity).toBe(severity);
});

describe('vol.options', () => {
  const judged = (storage: number | null, options: Record<string, string>) =>
    volOptions.judge([tenant('dev', { spec: { storage }, volume: { options } })], NOBODY).severity;
  test.each([
    ['nothing asked', null, {}, 'ok'],
    ['asked, and a plain folder', GIB, {}, 'info'],
    ['asked and kept', GIB, { size: '1G' }, 'ok'],
    ['asked and kept by a mount option', GIB, { type: 'tmpfs', device: 'tmpfs', o: 'uid=1000,size=1g' }, 'ok'],
    ['kept to another size', 2 * GIB, { size: '1G' }, 'fail'],
    ['a size that is none', GIB, { size: 'much' }, 'ok'],
  ])('%s', (_what, storage, options, severity) => expect(judged(storage, options)).toBe(severity));
});

describe('vol.mounted', () => {
  const looked = (options: Record<string, string>, prepare = (_machine: FakeMachine) => {}) => {
    const machine = new FakeMachine();
    prepare(machine);
    return volMounted.look(eyesOn(machine), { ...NOBODY, tenants: [tenant('dev', { volume: { options } })] });
  };
  const BIND = { type: 'none', o: 'bind', device: '/mnt/chain' };
  test("the engine's own folders are ok", async () => expect((await looked({})).severity).toBe('ok'));
  test('a folder that is gone fails', async () => expect((await looked(BIND)).severity).toBe('fail'));
  test('a folder on the disk of the system fails', async () => {
    expect((await looked(BIND, (machine) => machine.put('/mnt/chain', ''))).severity).toBe('fail');
  });
  test('a folder on a mount of its own is ok', async () => {
    const mounted = (machine: FakeMachine) => {
      machine.put('/mnt/chain', '');
      machine.change({ mountPoint: '/mnt/chain' });
    };
    expect((await looked(BIND, mounted)).severity).toBe('ok');
  });
  test('a disk that is gone fails', async () => {
    expect((await looked({ type: 'ext4', device: '/dev/vg/chain' })).severity).toBe('fail');
  });
});

const CHRONY = (offset: string, leap = 'Normal') => `A29FC87B,162.159.200.123,4,1763.5,${offset},0,0.0001,1.2,0,0,0.01,0.001,64.4,${leap}`;

describe('time.sync', () => {
  const judged = (timedate: string | undefined, chrony: string | undefined) => timeSync.judge({ timedate, chrony }, NOBODY).severity;
  test.each([
    ['nobody tells', undefined, undefined, 'unknown'],
    ['without systemd', '', '', 'unknown'],
    ['kept right', 'NTP=yes\nNTPSynchronized=yes', undefined, 'ok'],
    ['not kept', 'NTP=no\nNTPSynchronized=no', undefined, 'fail'],
    ['chrony, right', undefined, CHRONY('0.000012'), 'ok'],
    ['chrony, two seconds off', undefined, CHRONY('-2.1'), 'warn'],
    ['chrony, without a source', 'NTP=yes\nNTPSynchronized=no', CHRONY('0', 'Not synchronised'), 'fail'],
  ])('%s', (_what, timedate, chrony, severity) => expect(judged(timedate, chrony)).toBe(severity));
  test('any words are read without a throw', () => {
    fc.assert(fc.property(fc.string(), (text) => void [timedateFacts(text), chronyTracking(text)]));
  });
});
