import { describe, expect, test } from 'vitest';
import { isGuardSeen, wardLock } from '../../../src/host/guard/guard-seen.ts';
import { guardUnitText } from '../../../src/host/guard/guard-unit.ts';
import { planGuard, planGuardRemoval } from '../../../src/host/guard/plan-guard.ts';
import { lockName } from '../../../src/host/lock-name.ts';

const PROGRAM = ['/usr/bin/node', '/opt/nodectl/bin/nodectl'];
const unit = (endpoint = 'unix:///var/run/docker.sock', program = PROGRAM) => guardUnitText({ program, endpoint });
const ids = (steps: readonly { readonly id: string }[]) => steps.map(({ id }) => id);

describe('a guard', () => {
  const id = 'ab'.repeat(32);
  const sockets = (name: string) => ({
    read: () => ({ text: `Num RefCount Protocol Flags Type St Inode Path\n0000: 2 0 10000 1 1 4242 @${name}\n` }),
  });

  test('is seen by the socket that it holds, and by no other', () => {
    expect(isGuardSeen(wardLock(id), sockets(lockName(wardLock(id))))).toBe(true);
    expect(isGuardSeen(wardLock(id), sockets(`${lockName(wardLock(id))}${'@'.repeat(60)}`))).toBe(true);
    expect(isGuardSeen(wardLock(id), sockets(`${lockName(wardLock(id))}1`))).toBe(false);
    expect(isGuardSeen(wardLock(id), sockets(lockName()))).toBe(false);
    expect(isGuardSeen(wardLock(id), { read: () => ({ failure: 'missing' }) })).toBe(false);
  });
});

describe('the unit of the guard', () => {
  test('starts this nodectl, always, and names an engine that is not in the usual place alone', () => {
    expect(unit()).toContain('\nExecStart=/usr/bin/node /opt/nodectl/bin/nodectl watch --guard --json\n');
    expect(unit()).toContain('\nRestart=always\n');
    expect(unit()).not.toContain('DOCKER_HOST');
    expect(unit('unix:///run/user/1000/docker.sock')).toContain('\nEnvironment=DOCKER_HOST=unix:///run/user/1000/docker.sock\n');
  });

  test('keeps what systemd would read itself as it is', () => {
    expect(unit(undefined, ['/opt/my node', '/opt/50%/$x/"q"'])).toContain('ExecStart="/opt/my node" "/opt/50%%/$$x/\\"q\\"" watch');
  });

  test('is written, enabled and started where it is not there or differs', () => {
    for (const there of [undefined, 'another']) {
      expect(ids(planGuard(unit(), there, false))).toEqual(['write-guard-unit', 'reload-units', 'enable-guard', 'restart-guard']);
    }
  });

  test('is started alone where no guard runs, and left alone where one does', () => {
    expect(ids(planGuard(unit(), unit(), false))).toEqual(['restart-guard']);
    expect(planGuard(unit(), unit(), true)).toEqual([]);
  });

  test('goes with what it was for, and only where it is', () => {
    expect(ids(planGuardRemoval(unit()))).toEqual(['disable-guard', 'remove-guard-unit', 'reload-units']);
    expect(planGuardRemoval(undefined)).toEqual([]);
  });

  test('each step says why, and how it is taken back where that is needed', () => {
    for (const step of planGuard(unit(), undefined, false)) {
      expect(step.cause).not.toBe('');
      if (step.id === 'write-guard-unit' || step.id === 'enable-guard') expect(step.undo).toMatch(/rm|disable/);
    }
  });
});
