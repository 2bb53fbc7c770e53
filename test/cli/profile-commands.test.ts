import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { profileFolder } from '../../src/adapters/profile-folder.ts';
import { runCli } from '../../src/cli/run-cli.ts';
import type { World } from '../../src/ports.ts';
import { cliqueGenesis, mergedGenesis } from '../genesis-files.ts';
import { validatesAgainst } from '../schema.ts';

const folder = mkdtempSync(join(tmpdir(), 'nodectl-profiles-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function nodectl(...words: string[]) {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const never = () => Promise.reject(new Error('a profile command needs only the profiles'));
  const world = {
    ...{ engine: never, rpc: never, host: never, builder: never, packer: never, installer: never, journal: never },
    profiles: async () => profileFolder('profiles'),
    console: { notice() {}, warn() {}, progress() {}, confirm: never, secret: never },
    signal: new AbortController().signal,
  } as unknown as World;
  const exit = await runCli(words, {
    world,
    stdout: { write: (text) => stdout.push(String(text)) },
    stderr: { write: (text) => stderr.push(String(text)) },
    env: {},
    isTTY: { stdout: false, stderr: false },
  });
  return { exit, stdout: stdout.join(''), stderr: stderr.join('') };
}

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('profiles ls', () => {
  it('lists every network with its chain, geth and memory, and presets too', async () => {
    const { exit, stdout } = await nodectl('profiles', 'ls', '--json');
    const report = JSON.parse(stdout);
    expect(exit).toBe(0);
    validatesAgainst('profiles ls', report);
    expect(report.profiles).toContainEqual(
      expect.objectContaining({ name: 'dev', kind: 'network', chainId: 1337, geth: '1.17.8', memory: 2 ** 30 }),
    );
    expect(report.profiles).toContainEqual(expect.objectContaining({ name: 'small-vps', kind: 'preset', chainId: null }));
  });

  it('prints one line for each profile, under a head', async () => {
    const { stdout } = await nodectl('profiles', 'ls');
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(1 + profileFolder('profiles').names().length);
    expect(lines.find((line) => line.startsWith('mainnet '))).toContain('16 GiB');
  });
});

describe('profiles show', () => {
  it('gives the whole profile as its file says it', async () => {
    const { exit, stdout } = await nodectl('profiles', 'show', 'hoodi', '--json');
    const report = JSON.parse(stdout);
    expect(exit).toBe(0);
    validatesAgainst('profiles show', report);
    expect(report.profile).toEqual(profileFolder('profiles').read('hoodi').document);
  });

  it('ends with 5 and the nearest name for a name that is not there', async () => {
    const { exit, stderr } = await nodectl('profiles', 'show', 'hodi', '--json');
    expect(exit).toBe(5);
    expect(JSON.parse(stderr).error).toMatchObject({ code: 'NO_SUCH_PROFILE', hint: expect.stringContaining('hoodi') });
  });
});

describe('profiles check', () => {
  it('accepts every file it is given when all are valid', async () => {
    const good = file('tiny.yaml', 'kind: preset\nname: tiny\ntitle: Tiny\nmemory: 512M\n');
    const { exit, stdout } = await nodectl('profiles', 'check', good, 'profiles/dev.yaml', '--json');
    const report = JSON.parse(stdout);
    expect(exit).toBe(0);
    validatesAgainst('profiles check', report);
    expect(report.valid.map((row: { name: string }) => row.name)).toEqual(['tiny', 'dev']);
  });

  it('ends with 2 and names the first bad file, the path inside it and the nearest word', async () => {
    const good = file('good.yaml', 'kind: preset\nname: good\ntitle: Good\n');
    const first = file('first.yaml', 'kind: preset\nname: first\ntitle: First\nmemry: 2G\n');
    const second = file('second.yaml', 'kind: preset\nname: second\n');
    const { exit, stdout, stderr } = await nodectl('profiles', 'check', good, first, second, '--json');
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    const { error } = JSON.parse(stderr);
    expect(error).toMatchObject({ code: 'INVALID_PROFILE', facts: { file: first } });
    expect(error.message).toContain('"memry"');
    expect(error.message).toContain('"memory"');
  });

  it('ends with 2 when no file is named', async () => {
    expect((await nodectl('profiles', 'check')).exit).toBe(2);
  });
});

describe('a private chain', () => {
  const enode =
    'enode://79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8@10.0.0.5:30303';
  const genesis = file('office-genesis.json', cliqueGenesis({ chainId: 7007, signers: [`0x${'a1'.repeat(20)}`] }));
  const office = (more: string) => file('office.yaml', `kind: private\nname: office\ngenesis: office-genesis.json\n${more}`);
  const refusal = async (...words: string[]) => {
    const { exit, stdout, stderr } = await nodectl(...words, '--json');
    expect(stdout).toBe('');
    return { exit, ...JSON.parse(stderr).error };
  };

  it('is checked with its genesis beside it, and a genesis file by itself', async () => {
    const profile = office(`chainId: 7007\nbootnodes: ['${enode}']\n`);
    const { exit, stdout } = await nodectl('profiles', 'check', profile, genesis, '--json');
    const report = JSON.parse(stdout);
    expect(exit).toBe(0);
    validatesAgainst('profiles check', report);
    const facts = { chainId: 7007, seal: 'clique', minimumGeth: '1.10.6', maximumGeth: '1.13.15' };
    expect(report.valid).toEqual([
      { file: profile, kind: 'private', name: 'office', genesis: facts },
      { file: genesis, kind: 'genesis', name: 'office-genesis', genesis: facts },
    ]);
  });

  it('is shown as its profile says it, or as what follows from its genesis', async () => {
    const shown = JSON.parse((await nodectl('profiles', 'show', office('publishPeers: true\n'), '--json')).stdout);
    validatesAgainst('profiles show', shown);
    expect(shown.profile).toMatchObject({ kind: 'private', publishPeers: true, bootnodes: [] });
    const derived = JSON.parse((await nodectl('profiles', 'show', genesis, '--json')).stdout);
    validatesAgainst('profiles show', derived);
    expect(derived.profile).toMatchObject({ kind: 'network', chainId: 7007, consensus: 'none', private: { seal: 'clique' } });
  });

  it('whose genesis is missing or bad is refused', async () => {
    expect(await refusal('profiles', 'check', file('gone.yaml', 'kind: private\nname: gone\ngenesis: gone.json\n'))).toMatchObject({
      ...{ exit: 5, code: 'NO_SUCH_PROFILE' },
    });
    file('bad.json', '{"config":');
    const bad = file('bad.yaml', 'kind: private\nname: bad\ngenesis: bad.json\n');
    expect(await refusal('profiles', 'check', bad)).toMatchObject({ exit: 2, code: 'INVALID_GENESIS' });
    expect(await refusal('profiles', 'show', join(folder, 'bad.json'))).toMatchObject({ exit: 2, code: 'INVALID_GENESIS' });
  });

  it.each([
    ['another chainId than its genesis', 'chainId: 7008\n', '7008'],
    ['a bootnode that is no enode', `bootnodes: ['${enode}', 'enr:-abc']\n`, 'bootnodes.1'],
    ['a bootnode whose key has a mistyped digit', `bootnodes: ['${enode.replace('79be', '79bf')}']\n`, 'bootnodes.0'],
    ['a static peer without a port', `staticPeers: ['${enode.slice(0, -6)}']\n`, 'staticPeers.0'],
    ['a geth that cannot run it', 'geth: 1.17.8\n', '1.13.15'],
    ['a misspelt key', `bootnode: ['${enode}']\n`, '"bootnodes"'],
  ])('with %s is refused', async (_what, more, named) => {
    const { exit, code, message } = await refusal('profiles', 'check', office(more));
    expect({ exit, code }).toEqual({ exit: 2, code: 'INVALID_PROFILE' });
    expect(message).toContain(named);
  });

  it('never has the name of a network of nodectl, or none', async () => {
    const taken = file('taken.yaml', 'kind: private\nname: hoodi\ngenesis: office-genesis.json\n');
    expect(await refusal('profiles', 'check', taken)).toMatchObject({ exit: 2, code: 'INVALID_PROFILE' });
    const text = mergedGenesis();
    for (const name of ['Mainnet.json', '.json', '---.json', '\u00e9.json']) {
      expect(await refusal('profiles', 'check', file(name, text)), name).toMatchObject({ exit: 2, code: 'INVALID_GENESIS' });
    }
  });
});
