import { describe, expect, test } from 'vitest';
import type { VolumeRun } from '../../src/ports/volume-run.ts';
import { fakeImage } from '../fakes/fake-facts.ts';
import { privateNodes } from '../fakes/private-nodes.ts';
import { PROFILES } from '../profile-files.ts';
import { validatesAgainst } from '../schema.ts';

const ADDRESS = '7140694b119f290292c41edb08ce476ec5671683';
const KEY = `/data/keystore/UTC--2026--${ADDRESS}`;

function bench() {
  const made = privateNodes();
  const runs: VolumeRun[] = [];
  made.engine.images.push(fakeImage('ethereum/client-go:v1.13.15'));
  made.world.profiles = async () => ({ ...PROFILES, readPassword: () => 'S3CRET' });
  made.engine.tool = (request) => {
    runs.push(request);
    const said = `Public address of the key:   0x${ADDRESS.toUpperCase()}\nPath of the secret key file: ${KEY}\n`;
    return { exitCode: 0, stdout: request.args[1] === 'new' ? said : `Account #0: {${ADDRESS}} keystore://${KEY}\n`, stderr: '' };
  };
  const run = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await made.nodectl('account', ...words, '--json');
    const document = JSON.parse(stdout || stderr);
    validatesAgainst(stdout === '' ? 'error' : `account ${words[0]}`, document);
    return { code, document };
  };
  return { ...made, runs, run };
}

describe('account new', () => {
  test('makes the volume of a node that does not exist yet, for geth and with no word of a network', async () => {
    const { run, engine } = bench();
    expect(await run('new', 'sealer', '--password-file', 'x')).toEqual({
      code: 0,
      document: { node: 'sealer', address: `0x${ADDRESS}`, keyFile: KEY, volume: 'nodectl-sealer' },
    });
    const volume = engine.volumes.get('nodectl-sealer');
    expect(volume).toMatchObject({ owner: '1000:1000 700' });
    expect(Object.keys(volume?.labels ?? {}).sort()).toEqual(['nodectl.node', 'nodectl.role', 'nodectl.version']);
    expect([...engine.containers.keys()]).toEqual([]);
  });

  test('hands the password over as a file alone', async () => {
    const { run, runs, nodectl } = bench();
    await run('new', 'sealer', '--password-file', 'x');
    const { files, ...rest } = runs[0] as VolumeRun;
    expect(JSON.stringify(rest)).not.toContain('S3CRET');
    expect(files).toMatchObject([{ content: 'S3CRET\n', mode: 0o400 }]);
    const { stdout, stderr } = await nodectl('account', 'new', 'sealer', '--password-file', 'x');
    expect(stdout + stderr).not.toContain('S3CRET');
  });

  test('asks for the password unseen, twice, where no file is named', async () => {
    const typed = (...answers: readonly string[]) => {
      const made = bench();
      const asked: string[] = [];
      made.world.console.secret = async (question, flag) => {
        asked.push(flag);
        expect(question).not.toBe('');
        return answers[asked.length - 1] ?? '';
      };
      return { ...made, asked };
    };
    const { run, runs, asked } = typed('S3CRET', 'S3CRET');
    expect((await run('new', 'sealer')).code).toBe(0);
    expect(asked).toEqual(['--password-file', '--password-file']);
    expect(runs[0]?.files).toMatchObject([{ content: 'S3CRET\n', mode: 0o400 }]);
    for (const answers of [['S3CRET', 'S3CRE'], ['S3CRET', ''], ['']]) {
      const other = typed(...answers);
      const { code, document } = await other.run('new', 'sealer');
      expect({ code, error: document.error.code, runs: other.runs, volumes: other.engine.volumes.size }).toEqual({
        ...{ code: 2, error: 'USAGE' },
        ...{ runs: [], volumes: 0 },
      });
      expect(JSON.stringify(document)).not.toContain('S3C');
    }
  });

  test("of a node takes the node's own geth and leaves its running container alone", async () => {
    const { add, run, runs, engine } = bench();
    await add('a');
    const container = engine.containers.get('nodectl-a');
    expect((await run('new', 'a', '--password-file', 'x')).code).toBe(0);
    expect(runs[0]?.image).toBe(container?.observed.imageId);
    expect([container?.running, engine.calls.includes('prepareVolume')]).toEqual([true, false]);
  });

  test('is refused with the reason', async () => {
    const { run, engine } = bench();
    await engine.createVolume({ name: 'nodectl-theirs', labels: {} });
    expect(await run('new', 'theirs', '--password-file', 'x')).toMatchObject({ code: 4, document: { error: { code: 'NAME_TAKEN' } } });
    expect(await run('new', '../x', '--password-file', 'x')).toMatchObject({ code: 2, document: { error: { code: 'INVALID_NAME' } } });
    expect(await run('new', 'sealer')).toMatchObject({ code: 2, document: { error: { code: 'USAGE' } } });
    expect(await run('new', 'sealer', '--password-file', 'x', '--geth-version', 'latest')).toMatchObject({ code: 2 });
    expect([...engine.volumes.keys()]).toEqual(['nodectl-theirs']);
    engine.tool = () => ({ exitCode: 1, stdout: '', stderr: 'Fatal: Failed to create account: \u001b[2Jno space left on device' });
    expect(await run('new', 'sealer', '--password-file', 'x')).toMatchObject({ code: 4, document: { error: { code: 'GETH_REFUSED' } } });
    engine.tool = () => ({ exitCode: 0, stdout: 'nothing known', stderr: '' });
    expect(await run('new', 'sealer', '--password-file', 'x')).toMatchObject({ code: 4, document: { error: { code: 'GETH_REFUSED' } } });
  });
});

describe('account list', () => {
  test('lists the keys of a node, and of one that has only a volume', async () => {
    const { run, runs } = bench();
    await run('new', 'sealer', '--password-file', 'x');
    expect(await run('list', 'sealer')).toEqual({
      code: 0,
      document: { node: 'sealer', accounts: [{ address: `0x${ADDRESS}`, keyFile: KEY }] },
    });
    expect(runs[1]?.files.some(({ content }) => content !== '')).toBe(false);
    expect(await run('list', 'nobody')).toMatchObject({ code: 5, document: { error: { code: 'NO_SUCH_NODE' } } });
  });
});
