import { beforeAll, describe, expect, it } from 'vitest';
import { openDockerEngine } from '../../src/adapters/docker-engine/docker-engine.ts';
import { prysm } from '../../src/node/consensus/clients/prysm.ts';
import { LABEL_ROLE } from '../../src/node/labels.ts';
import { prysmBinaries } from '../prysm-binaries.ts';
import { requires } from '../require.ts';
import { nodectl, nodectlJson } from './cli.ts';

interface Report {
  readonly image: string;
  readonly id: string;
  readonly version: string;
  readonly changed: boolean;
}

const able = await requires('docker', 'prysm');
/** The first build of all, on a busy machine. */
const FIRST_BUILD = 20 * 60_000;

describe.skipIf(!able)('an image of Prysm from source', () => {
  let built: Report;

  beforeAll(async () => {
    await prysmBinaries();
    built = await nodectlJson<Report>(['image', 'build', '--consensus', 'prysm', '--force']);
  }, FIRST_BUILD);

  it('has the name that up looks for, and is not made again when the engine has it', async () => {
    expect(built).toMatchObject({ image: prysm.build?.reference, version: prysm.build?.version, changed: true });
    expect(await nodectlJson<Report>(['image', 'build', '--consensus', 'prysm'])).toEqual({ ...built, changed: false });
  });

  it('answers in the engine as the version it was built from, confined, with nothing but itself in the image', async () => {
    const engine = await openDockerEngine(process.env);
    const { exitCode, output } = await engine.runOnce(built.id, ['--version'], { [LABEL_ROLE]: 'helper' });
    expect([exitCode, output.includes(`Prysm/v${built.version}/`)]).toEqual([0, true]);
    expect((await engine.image(built.image))?.entrypoint).toEqual(['beacon-chain']);
  });

  it.each([
    ['nothing', []],
    ['two programs at once', ['--geth-version', '1.17.8', '--consensus', 'prysm']],
    ['a client that is not built', ['--consensus', 'teku']],
    ['the version of no client', ['--geth-version', '1.17.8', '--consensus-version', '7.0.0']],
    ['a version that moves', ['--consensus', 'prysm', '--consensus-version', 'latest']],
  ])('is refused for %s', async (_what, words) => {
    expect((await nodectl(['image', 'build', ...words])).code).toBe(2);
  });
});
