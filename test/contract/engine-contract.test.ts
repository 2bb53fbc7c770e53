import { afterAll, describe } from 'vitest';
import { openDockerEngine } from '../../src/adapters/docker-engine/docker-engine.ts';
import { FakeEngine } from '../fakes/fake-engine.ts';
import { fakeImage } from '../fakes/fake-facts.ts';
import { probeProgram, ranToItsEnd } from '../fakes/fake-program.ts';
import { fakeView } from '../fakes/fake-view.ts';
import { requires } from '../require.ts';
import { engineContract } from './engine-contract.ts';
import { dropImage, engineSocket, importProbeImage, PROBE_IMAGE } from './probe-image.ts';

describe('the fake engine', () => {
  engineContract(async () => {
    const engine = new FakeEngine();
    engine.images.push(fakeImage(PROBE_IMAGE));
    engine.execute = (container, words) => ranToItsEnd(probeProgram(words.slice(1), fakeView(container, engine.volumes)));
    engine.converse = (container, words, input) =>
      words[1] === 'echo'
        ? { exitCode: 0, stdout: input, stderr: 'input ended\n' }
        : (engine.execute(container, words) ?? { exitCode: 137, stdout: '', stderr: '' });
    return { engine, image: PROBE_IMAGE };
  });
});

describe.skipIf(!(await requires('docker', 'go')))('the real engine', () => {
  const image = `nodectl-test/probe:t${process.pid}`;
  afterAll(() => dropImage(engineSocket(process.env), image));

  engineContract(async () => {
    await importProbeImage(engineSocket(process.env), image);
    return { engine: await openDockerEngine(process.env), image };
  });
});
