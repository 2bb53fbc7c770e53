import { expect, test } from 'vitest';
import { volFiles } from '../../../src/host/checks/vol-files.ts';
import { volMounted } from '../../../src/host/checks/vol-mounted.ts';
import { GIB } from '../../../src/node/size.ts';
import { newSizedPlace, sizedLabel, sizedOptions } from '../../../src/node/storage/sized-place.ts';
import { FakeMachine } from '../../fakes/fake-machine.ts';
import { eyesOn, NOBODY, tenant } from '../machine-eyes.ts';

const PLACE = newSizedPlace('nodectl-dev', '/var/lib/docker');
const DEV = tenant('dev', {
  spec: { storage: GIB, storageMode: 'sized' },
  volume: { name: 'nodectl-dev', labels: sizedLabel(PLACE), options: sizedOptions(PLACE) },
});

/** A machine on which the node's file is attached. */
function attached(): FakeMachine {
  const machine = new FakeMachine();
  machine.put('/var/lib/docker/volumes/nodectl-dev/_data', '');
  machine.files.set(PLACE.image, { text: '', mode: 0o600, size: GIB, uid: 0 });
  machine.put('/sys/block/loop3/loop/backing_file', `${PLACE.image}\n`, 0o444);
  machine.put('/sys/block/loop3/size', `${GIB / 512}\n`, 0o444);
  machine.links.set(PLACE.link, '/dev/loop3');
  return machine;
}

const look = async (change: (machine: FakeMachine) => void, tenants = [DEV]) => {
  const machine = attached();
  change(machine);
  return volFiles.look(eyesOn(machine), { ...NOBODY, tenants });
};

test.each<[string, string, (machine: FakeMachine) => void]>([
  ['whole and attached', 'ok', () => {}],
  ['not attached', 'warn', (machine) => machine.links.clear()],
  [
    'gone',
    'fail',
    (machine) => {
      machine.files.delete(PLACE.image);
      machine.files.delete('/sys/block/loop3/loop/backing_file');
    },
  ],
  ['cut', 'fail', (machine) => machine.files.set(PLACE.image, { text: '', mode: 0o600, size: GIB / 2, uid: 0 })],
  [
    'deleted underneath',
    'fail',
    (machine) => {
      machine.files.delete(PLACE.image);
      machine.put('/sys/block/loop3/loop/backing_file', `${PLACE.image} (deleted)\n`, 0o444);
    },
  ],
  ['beside one of no volume', 'warn', (machine) => machine.put('/var/lib/docker/nodectl/nodectl-old.img', 'x')],
  ['beside one that was cut off while it was made', 'warn', (machine) => machine.put('/var/lib/docker/nodectl/nodectl-new.img.new', 'x')],
])('a file %s is %s', async (_, severity, change) => expect((await look(change)).severity).toBe(severity));

test('a node without a container is no stranger: its volume names the file', async () => {
  expect((await look(() => {}, [])).severity).toBe('ok');
});

test('who is not root cannot tell what is left over, and does not guess', async () => {
  const found = await look((machine) => {
    machine.put('/var/lib/docker/nodectl/nodectl-old.img', 'x');
    machine.become(1000);
  });
  expect(found.severity).toBe('ok');
});

test('vol.mounted leaves these to vol.files', async () => {
  const machine = attached();
  machine.links.clear();
  expect((await volMounted.look(eyesOn(machine), { ...NOBODY, tenants: [DEV] })).severity).toBe('ok');
});
