import { expect, test } from 'vitest';
import { fixDiagnosed } from '../../src/actions/fix-diagnosed.ts';
import type { JudgedRun } from '../../src/diagnosis/fix/plan-fix.ts';
import type { Verdict } from '../../src/diagnosis/verdict.ts';
import { NodectlError } from '../../src/errors.ts';
import { presentSpec } from '../../src/node/present.ts';
import { GIB, MIB } from '../../src/node/size.ts';
import type { ObservedContainer } from '../../src/ports/containers.ts';
import type { World } from '../../src/ports.ts';
import { makeCase } from '../diagnosis/case-factory.ts';
import { errorOfPromise } from '../error-code.ts';
import { FakeMachine } from '../fakes/fake-machine.ts';
import { upWorld } from '../fakes/up-world.ts';

const YES = { yes: true, dryRun: false };
const DRY = { yes: false, dryRun: true };

/** A dev node of 1 GiB on a machine of its own, the judgement on it, and what was told. */
async function scene(end?: number) {
  const up = upWorld();
  const machine = new FakeMachine();
  const told: string[] = [];
  const asked: string[] = [];
  const console: World['console'] = {
    ...up.world.console,
    notice: (text) => void told.push(text),
    confirm: async (_question, option) => {
      asked.push(option);
      throw new NodectlError('CONFIRMATION_REQUIRED', 'nobody to ask');
    },
  };
  const hostFiles = { ...machine.hostFiles };
  const world: World = { ...up.world, console, hostFiles: async () => hostFiles, hostChanges: async () => machine.hostChanges };
  expect((await up.nodectl('up', '--network', 'dev', '--memory', '1G', '--swap', '1G', '--yes')).code).toBe(0);
  if (end !== undefined) up.engine.containers.get('nodectl-dev')?.end(end, { oomKilled: true });
  const container = async () => (await up.engine.inspect('nodectl-dev')) as ObservedContainer;
  const judged = async (commands: readonly string[], over: Partial<Verdict> = {}): Promise<readonly JudgedRun[]> => {
    return choices([commands], over);
  };
  const choices = async (remedy: readonly (readonly string[])[], over: Partial<Verdict> = {}): Promise<readonly JudgedRun[]> => {
    const seen = await container();
    const evidence = makeCase({ container: seen, spec: presentSpec(seen) ?? null });
    const remedies = remedy.map((commands) => ({ text: 'Do it.', commands }));
    const verdict: Verdict = {
      id: 'oom.limit',
      code: 20,
      confidence: 'certain',
      meaning: 'It was killed.',
      supports: [],
      doubts: [],
      remedies,
      ...over,
    };
    return [{ evidence, verdict, also: [] }];
  };
  return { ...up, world, machine, hostFiles, told, asked, container, judged, choices };
}

test('a node that was killed gets more memory, settings for it, and runs', async () => {
  const { world, container, judged, told } = await scene(137);
  const before = await container();
  const fix = await fixDiagnosed(await judged(['nodectl up --name dev --memory 2G']), YES, world);
  const after = await container();
  expect(fix).toMatchObject({ applied: true, refused: [] });
  expect(fix.steps.map(({ command, undo }) => [command, undo])).toEqual([
    ['nodectl up --name dev --memory 2048m', 'nodectl up --name dev --memory 1024m'],
  ]);
  expect(fix.steps[0]?.details.length).toBeGreaterThan(0);
  expect([after.state, after.limits.memory]).toEqual(['running', 2 * GIB]);
  expect(after.args).not.toEqual(before.args);
  expect(fix.limits.find(({ limit }) => limit === 'memory')).toMatchObject({ inForce: 2 * GIB, enforced: true });
  expect(told.join('\n')).toContain('nodectl up --name dev --memory 2048m');
});

test('one that runs is not restarted for it', async () => {
  const { world, container, judged } = await scene();
  const before = await container();
  const fix = await fixDiagnosed(await judged(['nodectl up --name dev --memory 1536M'], { id: 'trend.memory', code: 3 }), YES, world);
  const after = await container();
  expect([after.id, after.startedAt, after.state]).toEqual([before.id, before.startedAt, 'running']);
  expect(after.limits).toEqual({ ...before.limits, memory: 1536 * MIB, memorySwap: 2560 * MIB });
  expect(fix.limits.map(({ limit, enforced }) => [limit, enforced])).toEqual([
    ['memory', true],
    ['swap', true],
  ]);
  expect(fix.afterwards).toHaveLength(1);
});

test('a dry run tells the steps and changes nothing', async () => {
  const { world, container, judged, machine, told } = await scene(137);
  const [before, disk] = [await container(), machine.state()];
  const fix = await fixDiagnosed(await judged(['nodectl host swap add --size 1G', 'nodectl up --name dev --memory 2G']), DRY, world);
  expect(fix).toMatchObject({ applied: false, limits: [] });
  expect(fix.steps.some(({ command }) => command.includes('swapon'))).toBe(true);
  expect(fix.steps.at(-1)?.command).toBe('nodectl up --name dev --memory 2048m');
  expect([await container(), machine.state(), told]).toEqual([before, disk, []]);
});

test('swap is added first, then the node is started', async () => {
  const { world, container, judged, machine } = await scene(137);
  const fix = await fixDiagnosed(await judged(['nodectl host swap add --size 1G'], { id: 'oom.host', code: 21 }), YES, world);
  expect(fix.applied).toBe(true);
  expect([...machine.areas.keys()]).toEqual(['/swapfile']);
  expect((await container()).state).toBe('running');
});

test('without a yes nothing is changed', async () => {
  const { world, container, judged, asked } = await scene(137);
  const before = await container();
  const refused = await errorOfPromise(
    fixDiagnosed(await judged(['nodectl start dev'], { id: 'kill.engine' }), { yes: false, dryRun: false }, world),
  );
  expect([refused.code, asked]).toEqual(['CONFIRMATION_REQUIRED', ['--yes']]);
  expect(await container()).toEqual(before);
});

test('who is not root is told the commands for the machine, and nothing is changed', async () => {
  const { world, container, judged, hostFiles } = await scene(137);
  Object.assign(hostFiles, { uid: 1000 });
  const before = await container();
  const refused = await errorOfPromise(fixDiagnosed(await judged(['nodectl host swap add --size 1G'], { id: 'oom.host' }), YES, world));
  expect(refused.code).toBe('PERMISSION');
  expect(refused.hint).toContain('nodectl diagnose --fix');
  expect(await container()).toEqual(before);
});

test('what the limits of the machine do not allow is refused in the report, with its hint', async () => {
  const { world, container, judged } = await scene(137);
  const before = await container();
  const fix = await fixDiagnosed(await judged(['nodectl up --name dev --memory 64G']), YES, world);
  expect(fix).toMatchObject({ applied: false, steps: [], refused: [{ verdict: 'oom.limit' }] });
  expect(fix.refused[0]?.hint).not.toBe('');
  expect(await container()).toEqual(before);
});

test('where all is so already there is nothing to do', async () => {
  const { world, judged } = await scene();
  const cases = await judged(['nodectl up --name dev --memory 1G'], { id: 'trend.memory', code: 3 });
  expect(await fixDiagnosed(cases, YES, world)).toMatchObject({ steps: [], applied: false, refused: [], afterwards: [] });
  expect(await fixDiagnosed(await judged([], { id: 'well', code: 0 }), YES, world)).toMatchObject({ steps: [], refused: [] });
});

test('a container of somebody else gets its limits and is started, and is never made anew', async () => {
  const { world, container, judged } = await scene(137);
  const before = await container();
  const cases = await judged(['docker update --memory 1536m --memory-swap 3072m nodectl-dev', 'docker start nodectl-dev']);
  const foreign = cases.map((each) => ({ ...each, evidence: { ...each.evidence, node: null, spec: null } }));
  const fix = await fixDiagnosed(foreign, YES, world);
  const after = await container();
  expect(fix.applied).toBe(true);
  expect([after.id, after.state, after.limits.memory, after.limits.memorySwap]).toEqual([before.id, 'running', 1536 * MIB, 3072 * MIB]);
  expect(fix.limits.map(({ limit, enforced }) => [limit, enforced])).toEqual([
    ['memory', true],
    ['swap', true],
  ]);
});

test('one that ends again at once was not mended', async () => {
  const { world, judged, engine } = await scene(137);
  const cases = await judged(['docker start nodectl-dev'], { id: 'kill.engine', code: 22 });
  const foreign = cases.map((each) => ({ ...each, evidence: { ...each.evidence, node: null, spec: null } }));
  engine.program = () => ({ lines: [], exitCode: 1 });
  expect((await errorOfPromise(fixDiagnosed(foreign, YES, world))).code).toBe('CONTAINER_DIED');
});

test('the next remedy is taken where the first is refused, or changes nothing', async () => {
  const { world, container, choices } = await scene();
  const cases = await choices([
    ['nodectl up --name dev'],
    ['nodectl up --name dev --memory 64G', 'nodectl host swap add --size 900G'],
    ['nodectl up --name dev --memory 2G'],
  ]);
  const fix = await fixDiagnosed(cases, YES, world);
  expect(fix).toMatchObject({ applied: true, refused: [] });
  expect((await container()).limits.memory).toBe(2 * GIB);
});

test('both parts of a node get one start', async () => {
  const { world, judged, choices } = await scene(137);
  const [own] = await judged(['nodectl up --name dev --memory 2G']);
  const [beside] = await choices([['nodectl start dev'], ['nodectl host swap add --size 1G']], { id: 'end.engine', code: 31 });
  if (own === undefined || beside === undefined) throw new Error('judged gives one');
  const other = { ...beside, evidence: { ...beside.evidence, container: { ...beside.evidence.container, id: 'cafe'.repeat(16) } } };
  const fix = await fixDiagnosed([own, other], DRY, world);
  expect(fix.steps.map(({ command }) => command)).toEqual(['nodectl up --name dev --memory 2048m']);
});
