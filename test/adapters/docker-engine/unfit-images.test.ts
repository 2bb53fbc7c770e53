import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDockerEngine } from '../../../src/adapters/docker-engine/docker-engine.ts';
import type { Engine } from '../../../src/ports/engine.ts';
import { dropImage, engineSocket, importImage } from '../../contract/probe-image.ts';
import { errorOfPromise } from '../../error-code.ts';
import { requires } from '../../require.ts';

describe.skipIf(!(await requires('docker')))('an image', () => {
  const socket = engineSocket(process.env);
  const reference = `nodectl-test/unfit:t${process.pid}`;
  let engine: Engine;

  beforeAll(async () => {
    await importImage(socket, reference, { program: Buffer.from('no program of any machine') });
    engine = await openDockerEngine(process.env);
  });
  afterAll(() => dropImage(socket, reference));

  it('for another machine is told as that', async () => {
    expect((await errorOfPromise(engine.runOnce(reference, [], {}))).code).toBe('IMAGE_WRONG_ARCHITECTURE');
  });

  it('without its program is told as not being geth, and leaves nothing', async () => {
    const empty = `${reference}-empty`;
    await importImage(socket, empty, {});
    try {
      const labels = { 'nodectl.node': `ta-unfit-${process.pid}` };
      expect((await errorOfPromise(engine.runOnce(empty, [], labels))).code).toBe('IMAGE_NOT_GETH');
      expect((await engine.list()).filter((found) => found.labels['nodectl.node'] === labels['nodectl.node'])).toEqual([]);
    } finally {
      await dropImage(socket, empty);
    }
  });
});
