import { expect, test } from 'vitest';
import { installEngine } from '../../src/actions/install-engine.ts';
import { NodectlError } from '../../src/errors.ts';
import type { World } from '../../src/ports.ts';
import { errorOfPromise } from '../error-code.ts';

/** A world whose installer plans these commands and whose person gives this answer. */
function worldWhere(planned: readonly string[] | undefined, answer: boolean | NodectlError = true) {
  const happened: string[] = [];
  const world: Partial<World> = {
    installer: async () => ({ plan: async () => planned, install: async () => void happened.push('installed') }),
    console: {
      notice: (text) => happened.push(...(planned ?? []).filter((command) => text.includes(command)).map((command) => `told ${command}`)),
      warn: () => {},
      progress: () => {},
      async confirm() {
        happened.push('asked');
        if (answer instanceof NodectlError) throw answer;
        return answer;
      },
    },
  };
  return { world: world as World, happened };
}

test('what will run is told and asked before it runs', async () => {
  const { world, happened } = worldWhere(['apt-get install docker.io']);
  expect(await installEngine({ yes: false }, world)).toEqual({ alreadyRunning: false, ran: ['apt-get install docker.io'] });
  expect(happened).toEqual(['told apt-get install docker.io', 'asked', 'installed']);
});

test('--yes is told too, and not asked', async () => {
  const { world, happened } = worldWhere(['x']);
  await installEngine({ yes: true }, world);
  expect(happened).toEqual(['told x', 'installed']);
});

test.each([
  ['a no', false, 'INTERRUPTED'],
  ['nobody who could answer', new NodectlError('CONFIRMATION_REQUIRED', 'nobody'), 'CONFIRMATION_REQUIRED'],
] as const)('%s installs nothing', async (_what, answer, code) => {
  const { world, happened } = worldWhere(['x'], answer);
  expect((await errorOfPromise(installEngine({ yes: false }, world))).code).toBe(code);
  expect(happened).not.toContain('installed');
});

test('an engine that runs is left alone without a question', async () => {
  const { world, happened } = worldWhere([]);
  expect(await installEngine({ yes: false }, world)).toEqual({ alreadyRunning: true, ran: [] });
  expect(happened).toEqual([]);
});

test('a system without an engine of its own is refused', async () => {
  expect((await errorOfPromise(installEngine({ yes: true }, worldWhere(undefined).world))).code).toBe('ENGINE_INSTALL_FAILED');
});
