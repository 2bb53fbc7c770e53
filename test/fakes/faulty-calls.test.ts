import { describe, expect, it } from 'vitest';
import { NodectlError } from '../../src/errors.ts';
import { FakeEngine } from './fake-engine.ts';
import { Killed } from './faulty-calls.ts';

const volume = (name: string) => ({ name, labels: {} });

describe('the fake engine', () => {
  it('lets the last call take effect before the caller is gone', async () => {
    const engine = new FakeEngine();
    engine.dieAfter(2);
    await engine.createVolume(volume('a'));
    await expect(engine.createVolume(volume('b'))).rejects.toBeInstanceOf(Killed);
    await expect(engine.createVolume(volume('c'))).rejects.toBeInstanceOf(Killed);
    expect([...engine.volumes.keys()]).toEqual(['a', 'b']);
    engine.dieAfter();
    await engine.createVolume(volume('d'));
    expect([...engine.volumes.keys()]).toEqual(['a', 'b', 'd']);
  });

  it('fails once where it is told to, without effect', async () => {
    const engine = new FakeEngine();
    engine.failNext('createVolume', new NodectlError('DISK_FULL', 'full'));
    await engine.info();
    await expect(engine.createVolume(volume('a'))).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(engine.volumes.size).toBe(0);
    await engine.createVolume(volume('a'));
    expect(engine.calls).toEqual(['info', 'createVolume', 'createVolume']);
  });
});
