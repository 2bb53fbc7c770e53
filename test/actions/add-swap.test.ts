import { describe, expect, it, test } from 'vitest';
import type { AddSwapReport } from '../../src/actions/add-swap.ts';
import { NodectlError } from '../../src/errors.ts';
import { Killed } from '../fakes/fake-machine.ts';
import { errorCode, swapWorld } from './swap-world.ts';

const ADD = ['host', 'swap', 'add', '--size', '1G', '--yes', '--json'];
const REMOVE = ['host', 'swap', 'remove', '--yes', '--json'];
const LINE = '/swapfile none swap sw,nofail,x-nodectl 0 0\n';
const GIB = 2 ** 30;

it('makes the file, uses it, and keeps it for every boot', async () => {
  const { machine, nodectl } = swapWorld();
  const before = machine.text('/etc/fstab');
  const { code, stdout } = await nodectl(...ADD);
  expect(code).toBe(0);
  expect(JSON.parse(stdout) as AddSwapReport).toMatchObject({ path: '/swapfile', sizeBytes: GIB, changed: true, persistent: true });
  expect(machine.files.get('/swapfile')).toMatchObject({ mode: 0o600, size: GIB });
  expect([...machine.areas.keys()]).toEqual(['/swapfile']);
  expect(machine.text('/etc/fstab')).toBe(before + LINE);
  expect(machine.files.has('/swapfile.nodectl-new')).toBe(false);
});

it('does nothing the second time, with or without the size', async () => {
  const { machine, nodectl } = swapWorld();
  await nodectl(...ADD);
  machine.acts = [];
  for (const words of [ADD, ADD.filter((word) => word !== '--size' && word !== '1G')]) {
    const { code, stdout } = await nodectl(...words);
    expect([code, (JSON.parse(stdout) as AddSwapReport).changed]).toEqual([0, false]);
  }
  expect(machine.acts).toEqual([]);
});

it('and remove together give the machine back as it was', async () => {
  const { machine, nodectl } = swapWorld();
  machine.put('/etc/fstab', 'UUID=1  /\text4 defaults 0 1', 0o640);
  const before = machine.state();
  await nodectl(...ADD);
  expect(machine.state()).not.toBe(before);
  expect((await nodectl(...REMOVE)).code).toBe(0);
  expect(machine.state()).toBe(before);
});

it('only tells with --dry-run, also who is not root', async () => {
  const { machine, nodectl } = swapWorld();
  machine.uid = 1000;
  const { code, stdout } = await nodectl(...ADD, '--dry-run');
  expect([code, (JSON.parse(stdout) as AddSwapReport).steps.map(({ id }) => id)]).toEqual([
    0,
    ['allocate', 'make-swap', 'publish', 'swap-on', 'persist'],
  ]);
  expect(machine.acts).toEqual([]);
});

describe('refuses and changes nothing:', () => {
  const refusals: [string, string, (world: ReturnType<typeof swapWorld>) => void, ...string[]][] = [
    ['no root', 'PERMISSION', ({ machine }) => machine.become(1000)],
    ['a foreign file', 'HOST_REFUSED', ({ machine }) => machine.put('/swapfile', 'my notes')],
    [
      'foreign swap',
      'HOST_REFUSED',
      ({ machine }) => {
        machine.put('/swapfile', 'SWAPSPACE2');
        machine.areas.set('/swapfile', { size: GIB, used: 0 });
      },
    ],
    ['zfs', 'HOST_REFUSED', ({ machine }) => machine.change({ type: 'zfs' })],
    ['overlay', 'HOST_REFUSED', ({ machine }) => machine.change({ type: 'overlay' })],
    ['a filesystem nobody knows', 'HOST_REFUSED', ({ machine }) => machine.change({ type: '' })],
    ['a disk mounted read-only', 'HOST_REFUSED', ({ machine }) => machine.change({ options: ['ro'] })],
    ['a container', 'HOST_REFUSED', ({ machine }) => machine.put('/proc/self/status', 'CapEff:\t00000000a80425fb\n', 0o444)],
    ['a size beyond the disk', 'DISK_FULL', () => {}, '--size', '900G'],
    ['a size that eats the reserve', 'DISK_FULL', () => {}, '--size', '55G'],
    ['no size', 'INVALID_SIZE', () => {}, '--size', '0'],
    ['a relative path', 'USAGE', () => {}, '--path', 'swapfile'],
    ['a folder as path', 'USAGE', () => {}, '--path', '/var/'],
    ['a fstab that is no text', 'HOST_REFUSED', ({ machine }) => machine.put('/etc/fstab', '\uFFFD', 0o644)],
  ];
  it.each(refusals)('%s', async (_what, code, arrange, ...words) => {
    const world = swapWorld();
    arrange(world);
    const before = world.machine.state();
    const ran = await world.nodectl(...ADD, ...words);
    expect(errorCode(ran)).toBe(code);
    expect(ran.code).not.toBe(0);
    expect(world.machine.state()).toBe(before);
  });

  it('nobody who could agree', async () => {
    const { machine, nodectl } = swapWorld();
    expect(errorCode(await nodectl(...ADD.filter((word) => word !== '--yes')))).toBe('CONFIRMATION_REQUIRED');
    expect(machine.acts).toEqual([]);
  });
});

it('prints to who is not root each command with sudo', async () => {
  const { machine, nodectl } = swapWorld();
  machine.uid = 1000;
  const { stderr } = await nodectl('host', 'swap', 'add', '--size', '1G', '--path', '/my swap', '--yes');
  expect(stderr).toContain("sudo swapon '/my swap'");
  expect(stderr).toContain("sudo sh -c 'echo '");
});

test.each([
  ['Operation not permitted', 1],
  ['Device or resource busy', 1],
])('a swapon that says "%s" leaves nothing behind', async (said, tries) => {
  const { machine, nodectl } = swapWorld();
  const before = machine.state();
  machine.swapOnSays = () => said;
  expect(errorCode(await nodectl(...ADD))).toBe('HOST_REFUSED');
  expect(machine.state()).toBe(before);
  expect(machine.acts.filter((act) => act.startsWith('swapon')).length).toBe(tries);
});

test('a kernel that takes no reserved blocks gets written ones', async () => {
  const { machine, nodectl } = swapWorld();
  machine.swapOnSays = (_path, file) => (file.holes ? 'Invalid argument' : undefined);
  expect((await nodectl(...ADD)).code).toBe(0);
  expect(machine.files.get('/swapfile')).toMatchObject({ holes: false, size: GIB });
  expect(machine.files.has('/swapfile.nodectl-new')).toBe(false);
});

test('a swap file of ours that others may read is closed', async () => {
  const { machine, nodectl } = swapWorld();
  await nodectl(...ADD);
  Object.assign(machine.files.get('/swapfile') ?? {}, { mode: 0o644 });
  await nodectl(...ADD);
  expect(machine.files.get('/swapfile')?.mode).toBe(0o600);
});

test('a line of fstab that a person wrote is enough, and stays', async () => {
  const { machine, nodectl } = swapWorld();
  machine.put('/etc/fstab', '/swapfile swap swap defaults 0 0\n', 0o644);
  await nodectl(...ADD);
  expect(machine.text('/etc/fstab')).toBe('/swapfile swap swap defaults 0 0\n');
  const { stdout } = await nodectl(...REMOVE);
  expect(machine.text('/etc/fstab')).toBe('/swapfile swap swap defaults 0 0\n');
  expect(JSON.parse(stdout)).toMatchObject({ stillInFstab: true });
});

/** The acts of a run that nothing disturbs. */
async function actsOf(words: readonly string[], prepare?: readonly string[]): Promise<readonly string[]> {
  const { machine, nodectl, again } = swapWorld();
  if (prepare) await nodectl(...prepare);
  again();
  await nodectl(...words);
  return machine.acts;
}

const cases = [
  ...(await actsOf(ADD)).map((act, index) => ({
    what: 'add',
    words: ADD,
    prepare: undefined,
    act,
    index,
    interruptible: !act.startsWith('write'),
  })),
  ...(await actsOf(REMOVE, ADD)).map((act, index) => ({
    what: 'remove',
    words: REMOVE,
    prepare: ADD,
    act,
    index,
    interruptible: act.startsWith('swapoff'),
  })),
];

test('there are acts to disturb', () => {
  expect(cases.length).toBeGreaterThanOrEqual(9);
});

describe.each(cases)('$what, disturbed before `$act`', ({ what, words, prepare, index, interruptible }) => {
  async function prepared() {
    const world = swapWorld();
    if (prepare) await world.nodectl(...prepare);
    world.again();
    return { ...world, before: world.machine.state() };
  }

  it('by SIGKILL, converges at the next run and leaves nothing else', async () => {
    const { machine, nodectl, again } = await prepared();
    machine.before = (_act, at) => {
      if (at !== index) return;
      machine.killed = true;
      throw new Killed();
    };
    expect((await nodectl(...words)).code).toBe(1);
    again();
    expect((await nodectl(...words)).code).toBe(0);
    const undisturbed = await prepared();
    await undisturbed.nodectl(...words);
    expect(machine.state()).toBe(undisturbed.machine.state());
  });

  it('by SIGKILL, the other command cleans up', async () => {
    const { machine, nodectl, again } = await prepared();
    machine.before = (_act, at) => {
      if (at !== index) return;
      machine.killed = true;
      throw new Killed();
    };
    await nodectl(...words);
    again();
    expect((await nodectl(...REMOVE)).code).toBe(0);
    expect(machine.state()).toBe(swapWorld().machine.state());
  });

  it('by SIGINT, is as before, or done where nothing can be taken back', async () => {
    const { machine, nodectl, interrupt, before } = await prepared();
    machine.before = (_act, at) => {
      if (at === index) interrupt();
    };
    const { code } = await nodectl(...words);
    if (interruptible) expect([code, machine.state()]).toEqual([130, before]);
    else expect([code, machine.areas.size, machine.files.has('/swapfile')]).toEqual(what === 'add' ? [0, 1, true] : [0, 0, false]);
  });

  it.each(['DISK_FULL', 'HOST_REFUSED'] as const)('by %s, tells it and can be run again', async (problem) => {
    const { machine, nodectl, again, before } = await prepared();
    machine.before = (_act, at) => {
      if (at === index) throw new NodectlError(problem, 'disturbed');
    };
    const ran = await nodectl(...words);
    expect([ran.code, errorCode(ran)]).toEqual([4, problem]);
    if (what === 'add') expect(machine.state()).toBe(before);
    again();
    expect((await nodectl(...words)).code).toBe(0);
  });
});

test('two runs at once: the second waits and finds nothing to do', async () => {
  const { machine, nodectl } = swapWorld();
  const runs = await Promise.all([nodectl(...ADD), nodectl(...ADD)]);
  expect(runs.map(({ code }) => code)).toEqual([0, 0]);
  expect(runs.map(({ stdout }) => (JSON.parse(stdout) as AddSwapReport).changed).sort()).toEqual([false, true]);
  expect(machine.acts.filter((act) => act.startsWith('create'))).toHaveLength(1);
});

test('a run beside one that never ends gives up and changes nothing', async () => {
  const { machine, nodectl } = swapWorld();
  machine.locked = true;
  expect(errorCode(await nodectl(...ADD))).toBe('HOST_REFUSED');
  expect(machine.acts).toEqual([]);
});

test('without a size the file is as large as memory', async () => {
  const { machine, nodectl } = swapWorld();
  await nodectl('host', 'swap', 'add', '--yes');
  expect(machine.files.get('/swapfile')?.size).toBe(2 * GIB);
});

test('where there is enough swap nothing is added, but what a killed run left is cleared away', async () => {
  const { machine, nodectl } = swapWorld();
  machine.areas.set('/dev/sda2', { size: 4 * GIB, used: 0 });
  const before = machine.state();
  machine.put('/swapfile.nodectl-new', '');
  const { code, stdout } = await nodectl('host', 'swap', 'add', '--yes', '--json');
  expect([code, JSON.parse(stdout)]).toMatchObject([0, { sizeBytes: null }]);
  expect(machine.state()).toBe(before);
});
