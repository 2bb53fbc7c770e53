import { expect, test } from 'vitest';
import { runCli } from '../../src/cli/run-cli.ts';
import type { World } from '../../src/ports.ts';
import { errorCode, swapWorld } from '../actions/swap-world.ts';
import { FakeEngine } from '../fakes/fake-engine.ts';
import { FAKE_INFO } from '../fakes/fake-facts.ts';
import { validatesAgainst } from '../schema.ts';
import { runContext } from './run-context.ts';

/** A machine with an engine, without swap, that swaps readily and accounts memory strictly. */
function sick() {
  const { machine, world } = swapWorld();
  machine.put('/proc/sys/vm/overcommit_memory', '2\n', 0o644);
  const engine = new FakeEngine();
  engine.info = async () => FAKE_INFO;
  const nodectl = async (...words: string[]) => {
    const given: Partial<World> = {
      ...world(),
      engine: async () => engine,
      journal: async () => ({ append: () => {}, read: () => [] }),
      hostQuestions: async () => ({ portTaken: async () => false, ask: async () => undefined, syncTimes: async () => undefined }),
      clock: { now: () => 0, sleep: (_ms, signal) => new Promise((resolve) => signal?.addEventListener('abort', () => resolve())) },
    };
    const { context, written } = runContext(given);
    const exit = await runCli(['doctor', 'vm', 'swap', ...words], context);
    return { exit, ...written };
  };
  return { machine, nodectl };
}

test('doctor --fix heals what fails, and a second doctor finds it healed', async () => {
  const { machine, nodectl } = sick();
  expect((await nodectl()).exit).toBe(3);
  const fixed = await nodectl('--fix', '--yes', '--json');
  expect(fixed.exit).toBe(0);
  const report = JSON.parse(fixed.stdout);
  validatesAgainst('doctor', report);
  expect(report.fix).toMatchObject({ applied: true, refused: [] });
  const severity = (when: 'before' | 'after', id: string) => report.fix[when].find((each: { id: string }) => each.id === id)?.severity;
  expect([severity('before', 'vm.overcommit'), severity('after', 'vm.overcommit')]).toEqual(['fail', 'ok']);
  expect((await nodectl()).exit).toBe(0);
  const lasting = machine.state();
  const again = JSON.parse((await nodectl('--fix', '--yes', '--json')).stdout);
  expect([again.fix.applied, again.fix.steps]).toEqual([false, []]);
  expect(machine.state()).toBe(lasting);
});

test('a dry run tells causes, commands and undo, changes nothing, and still fails', async () => {
  const { machine, nodectl } = sick();
  const before = machine.state();
  const { exit, stdout } = await nodectl('--fix', '--dry-run');
  expect(exit).toBe(3);
  expect(stdout).toContain('sysctl -w vm.overcommit_memory=0');
  expect(stdout).toContain('sysctl -w vm.overcommit_memory=2');
  expect(machine.state()).toBe(before);
});

test('without root it prints the commands, is PERMISSION, and changes nothing', async () => {
  const { machine, nodectl } = sick();
  machine.become(1000);
  const before = machine.state();
  const { exit, stderr } = await nodectl('--fix', '--yes', '--json');
  expect([exit, errorCode({ stderr })]).toEqual([4, 'PERMISSION']);
  expect(stderr).toContain('sudo sysctl -w vm.overcommit_memory=0');
  expect(machine.state()).toBe(before);
});

test.each([[['--yes']], [['--dry-run']], [['--fix', '--list']]])('%s is not a thing to ask for', async (words) => {
  expect((await sick().nodectl(...words)).exit).toBe(2);
});
