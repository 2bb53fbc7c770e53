import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { AddSwapReport } from '../../src/actions/add-swap.ts';
import type { ShowSwapReport } from '../../src/actions/show-swap.ts';
import type { SwappinessReport } from '../../src/actions/swappiness.ts';
import { parseSwaps } from '../../src/host/kernel/swaps.ts';
import { errorCode } from '../actions/swap-world.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';
import { type PrivateEtc, privateEtc } from './private-etc.ts';

const MIB = 2 ** 20;
const machineFstab = () => readFileSync('/etc/fstab', 'latin1');

const DISKS = ['ext4', ...((await requires('mkfs.xfs')) ? ['xfs'] : []), ...((await requires('mkfs.btrfs')) ? ['btrfs'] : [])];

describe.skipIf(!(await requires('swap')))('swap on this machine', () => {
  let etc: PrivateEtc;
  let path: string;
  let before: string;
  let real: string;

  beforeEach(async () => {
    real = machineFstab();
    etc = await privateEtc();
    path = join(etc.folder, 'swap file');
    before = etc.text();
  });

  afterEach(() => {
    for (const area of areas()) if (area.path.startsWith(etc.folder)) etc.run('swapoff', area.path);
    etc.remove();
    expect(machineFstab()).toBe(real);
  });

  const run = (...words: string[]) => nodectl(['host', ...words], { through: etc.through });
  const json = <T>(...words: string[]) => nodectlJson<T>(['host', ...words], { through: etc.through });
  const add = ['swap', 'add', '--size', '64M', '--yes', '--path'];
  const areas = () => parseSwaps(etc.run('cat', '/proc/swaps'));
  const isActive = () => areas().some((area) => area.path === path);
  const leftovers = () => [path, `${path}.nodectl-new`].filter((file) => existsSync(file));

  test('add gives it, add again finds nothing to do, remove gives everything back', async () => {
    const added = await json<AddSwapReport>(...add, path);
    expect(added).toMatchObject({ path, sizeBytes: 64 * MIB, changed: true, persistent: true });
    expect(isActive()).toBe(true);
    const { mode, uid, size, blocks } = statSync(path);
    expect([mode & 0o777, uid, size, blocks * 512 >= size]).toEqual([0o600, 0, 64 * MIB, true]);
    expect((await json<AddSwapReport>(...add, path)).changed).toBe(false);
    const shown = (await json<ShowSwapReport>('swap', 'show')).areas.find((area) => area.path === path);
    expect(shown).toMatchObject({ mode: '0600', closed: true, persistent: true, own: true });
    expect((await run('swap', 'remove', '--yes')).code).toBe(0);
    expect([isActive(), leftovers(), etc.text()]).toEqual([false, [], before]);
  });

  test('what mount and swapon read of fstab is what was meant', async () => {
    await json(...add, path);
    expect((await run('swap', 'show')).code).toBe(0);
    const told = etc.run('findmnt', '--fstab', '--types', 'swap', '--noheadings', '--output', 'SOURCE');
    expect(told.trim().replaceAll('\\x20', ' ')).toBe(path);
    etc.run('swapoff', path);
    // As at boot: every line of fstab, that of ours among them.
    etc.run('swapon', '-a');
    expect(isActive()).toBe(true);
  });

  it('killed or interrupted anywhere, it converges and leaves nothing', async () => {
    const codes: (number | null)[] = [];
    const began = performance.now();
    expect((await run(...add, path)).code).toBe(0);
    const whole = performance.now() - began;
    expect((await run('swap', 'remove', '--yes', '--path', path)).code).toBe(0);
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      for (const delay of [0.3, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95].map((part) => part * whole)) {
        const ran = await nodectl(['host', ...add, path], {
          // The process itself is signalled: nsenter gives its place to it.
          through: etc.through,
          started: (child) => void setTimeout(() => child.kill(signal), delay),
        });
        codes.push(ran.code);
        if (signal === 'SIGINT' && ran.code === 130) expect([isActive(), leftovers(), etc.text()]).toEqual([false, [], before]);
        expect((await run(...add, path)).code).toBe(0);
        expect([isActive(), leftovers()]).toEqual([true, [path]]);
        expect((await run('swap', 'remove', '--yes', '--path', path)).code).toBe(0);
        expect([isActive(), leftovers(), etc.text()]).toEqual([false, [], before]);
      }
    }
    expect(codes).toContain(null);
  }, 120_000);

  it('run twice at once is made once', async () => {
    const reports = await Promise.all([json<AddSwapReport>(...add, path), json<AddSwapReport>(...add, path)]);
    expect(reports.map(({ changed }) => changed).sort()).toEqual([false, true]);
    expect(etc.text().match(/x-nodectl/g)).toHaveLength(1);
  });

  it('leaves a file that is not ours', async () => {
    writeFileSync(path, 'mine');
    const ran = await run(...add, path, '--json');
    expect([ran.code, errorCode(ran), readFileSync(path, 'utf8'), etc.text()]).toEqual([4, 'HOST_REFUSED', 'mine', before]);
  });

  it('is refused beyond the disk', async () => {
    const ran = await run('swap', 'add', '--size', '900T', '--yes', '--path', path, '--json');
    expect([ran.code, errorCode(ran), leftovers()]).toEqual([4, 'DISK_FULL', []]);
  });

  it('with a read-only /etc takes everything back', async () => {
    etc.run('mount', '-o', 'remount,bind,ro', '/etc');
    const ran = await run(...add, path, '--json');
    // The steps are told before.
    const stderr = ran.stderr.trim().split('\n').at(-1) ?? '';
    expect([ran.code, errorCode({ stderr }), isActive(), leftovers(), etc.text()]).toEqual([4, 'HOST_REFUSED', false, [], before]);
  });

  it('without the right to swap, or without root, writes nothing', async () => {
    const weak = await nodectl(['host', ...add, path, '--json'], {
      through: [...etc.through, 'setpriv', '--bounding-set', '-sys_admin', '--inh-caps', '-sys_admin'],
    });
    expect([weak.code, errorCode(weak)]).toEqual([4, 'HOST_REFUSED']);
    const nobody = await nodectl(['host', ...add, '/var/tmp/nodectl-nobody', '--json'], {
      through: [...etc.through, 'setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups'],
    });
    expect([nobody.code, errorCode(nobody), nobody.stderr.includes('sudo swapon /var/tmp/nodectl-nobody')]).toEqual([
      4,
      'PERMISSION',
      true,
    ]);
    expect([leftovers(), etc.text()]).toEqual([[], before]);
  });

  it.each(['tmpfs', 'overlay'])('is refused on %s, with what to do instead', async (type) => {
    for (const name of ['lower', 'upper', 'work', 'mount']) mkdirSync(join(etc.folder, name));
    const at = (name: string) => join(etc.folder, name);
    const options = type === 'overlay' ? `lowerdir=${at('lower')},upperdir=${at('upper')},workdir=${at('work')}` : 'size=100m';
    etc.run('mount', '-t', type, '-o', options, 'none', at('mount'));
    const ran = await run(...add, at('mount/swap'), '--json');
    expect([ran.code, errorCode(ran), ran.stderr.includes('zram')]).toEqual([4, 'HOST_REFUSED', true]);
  });

  for (const type of DISKS) {
    test(`on a ${type} of its own it works`, async () => {
      const [image, mount] = [join(etc.folder, 'image'), join(etc.folder, 'mount')];
      mkdirSync(mount);
      execFileSync('truncate', ['-s', '4G', image]);
      execFileSync(`mkfs.${type}`, ['-q', image]);
      etc.run('mount', '-o', 'loop', image, mount);
      try {
        path = join(mount, 'swap');
        expect(await json<AddSwapReport>(...add, path)).toMatchObject({ filesystem: type, changed: true });
        expect(isActive()).toBe(true);
        expect((await run('swap', 'remove', '--yes')).code).toBe(0);
        expect([isActive(), leftovers(), etc.text()]).toEqual([false, [], before]);
      } finally {
        if (isActive()) etc.run('swapoff', path);
        etc.run('umount', mount);
      }
    });
  }

  test('swappiness is set now and for every boot, and taken back', async () => {
    const now = () => Number(readFileSync('/proc/sys/vm/swappiness', 'utf8'));
    const was = now();
    // Next to what it is: the machine is not ours alone.
    const wanted = was === 0 ? 1 : was - 1;
    try {
      expect(await json<SwappinessReport>('swappiness', String(wanted))).toMatchObject({
        swappiness: wanted,
        persistent: true,
        changed: true,
      });
      expect(now()).toBe(wanted);
      expect(etc.text()).toContain(`vm.swappiness = ${wanted}`);
      expect((await json<SwappinessReport>('swappiness', String(wanted))).changed).toBe(false);
    } finally {
      await run('swappiness', '--undo');
    }
    expect([now(), etc.text()]).toEqual([was, before]);
  });
});
