import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands/index.ts';
import { offerAt as offer } from '../../../src/cli/completion/offer-at.ts';
import { NEWEST_KNOWN } from '../../../src/node/geth-rules/known-versions.ts';
import { container, PROFILE_NAMES, sources, volume } from './sources.ts';

const offerAt = (words: readonly string[], from: typeof ENGINE) => offer(words, from, COMMANDS);

const ENGINE = sources(
  [
    container('main', 'running', 'mainnet'),
    container('test', 'exited', 'hoodi'),
    container('pair', 'running', 'sepolia'),
    container('pair', 'exited', undefined, 'consensus'),
    container('begun', 'created', undefined, 'helper'),
  ],
  [volume('main', 'mainnet'), volume('left', 'sepolia')],
);

/** The words offered for the last of these. */
const offered = async (...words: string[]) => (await offerAt(words, ENGINE)).candidates.map(({ value }) => value);

describe('what is offered', () => {
  it('leads from word to word to every command', async () => {
    expect(await offered('')).toEqual(expect.arrayContaining(['up', 'status', 'image', 'host', 'completion', 'help']));
    expect(new Set(await offered('')).size).toBe((await offered('')).length);
    expect(await offered('host', '')).toEqual(['docker', 'swap', 'swappiness']);
    expect(await offered('host', 'swap', 's')).toEqual(['add', 'show', 'remove']);
    expect(await offered('help', 'host', '')).toEqual(['docker', 'swap', 'swappiness']);
    expect(await offered('-')).toEqual(['--version', '-V', '--help', '-h']);
  });

  it.each([[['nonsense', '']], [['host', 'nonsense', '']], [['help', 'status', '']], [['--json', '']], [['ünode', '']]])(
    'is nothing after %j',
    async (words) => {
      expect(await offerAt(words, ENGINE)).toMatchObject({ candidates: [], files: false });
    },
  );

  it('is the nodes that a command can do something with', async () => {
    expect(await offered('status', '')).toEqual(['main', 'pair', 'test']);
    expect(await offered('stop', '')).toEqual(['main', 'pair']);
    expect(await offered('start', '')).toEqual(['pair', 'test']);
    expect(await offered('down', '')).toEqual(['main', 'pair', 'test', 'left']);
    expect(await offered('up', '--name', '')).toEqual(['main', 'pair', 'test', 'left']);
  });

  it('says of a node what it is and of an option what its help says', async () => {
    const { candidates } = await offerAt(['down', ''], ENGINE);
    expect(candidates.map(({ description }) => description)).toEqual([
      ...['mainnet, snap, running', 'sepolia, snap, exited', 'hoodi, snap, exited', 'sepolia, volume without a container'],
    ]);
    const options = await offerAt(['down', '-'], ENGINE);
    for (const { description } of options.candidates) expect(description.length).toBeGreaterThan(5);
  });

  it('is networks, presets and both where each is meant, and files where a file may stand', async () => {
    const networks = await offerAt(['up', '--network', ''], ENGINE);
    expect(networks).toMatchObject({ files: true, prefix: '' });
    expect(networks.candidates.map(({ value }) => value)).toEqual(PROFILE_NAMES.filter((name) => name !== 'small-vps'));
    expect(await offered('up', '--preset', '')).toEqual(['small-vps']);
    expect(await offered('profiles', 'show', '')).toEqual(PROFILE_NAMES);
    expect(await offerAt(['up', '--network=x'], ENGINE)).toMatchObject({ files: true, prefix: '--network=' });
    expect(await offerAt(['up', '--jwt-file', ''], ENGINE)).toMatchObject({ files: true, candidates: [] });
  });

  it('is the words of a choice and the versions that are known, the newest first', async () => {
    expect(await offered('up', '--syncmode', '')).toEqual(['snap', 'full', 'archive', 'fast', 'light']);
    expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
    expect((await offered('up', '--geth-version', ''))[0]).toBe(NEWEST_KNOWN);
    expect(await offered('up', '--geth-version', '')).toContain('1.17.8');
    expect(await offered('up', '--memory', '')).toEqual([]);
  });

  it('names no argument twice', async () => {
    expect(await offered('peers', 'add', 'main', '')).toEqual(['pair', 'test']);
    expect(await offered('doctor', 'swap', '')).not.toContain('swap');
    expect(await offered('status', 'main', '')).not.toContain('test');
  });

  it('is the long names of the options where no argument can be foreseen', async () => {
    expect(await offered('up', '')).toContain('--network');
    expect(await offered('status', 'main', '')).toEqual(['--timeout', '--json', '--help']);
    expect(await offered('status', 'main', 'x')).toEqual([]);
    expect(await offered('down', '-')).toEqual(['--volumes', '--yes', '-y', '--json', '--help', '-h']);
    expect(await offered('down', '--')).toEqual(['--volumes', '--yes', '--json', '--help']);
    expect(await offered('up', '--', '')).toEqual([]);
  });

  it('is nothing that a shell would act upon, whoever named it', async () => {
    const names = ['$(reboot)', 'a;b', 'a b', "a'b", '-x', 'a\nb', '`x`', '~root', '../up', 'UPPER', 'ünode', '\u202Eabc', '', 'fine'];
    const engine = sources(names.map((name) => container(name, 'running')));
    expect((await offerAt(['status', ''], engine)).candidates.map(({ value }) => value)).toEqual(['fine']);
    const profiles = { ...sources(), profiles: () => names.map((name) => ({ name, kind: 'network', title: 'a\n\u001b[31mred\ttext' })) };
    const { candidates } = await offerAt(['up', '--network', ''], profiles);
    expect(candidates.map(({ value }) => value)).toEqual(['UPPER', 'ünode', 'fine']);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    for (const { description } of candidates) expect(description).not.toMatch(/[\u0000-\u001f]/);
  });

  it('does without labels that cannot be read', async () => {
    const broken = { name: 'nodectl-a', state: 'running' as const, labels: { 'nodectl.node': 'a', 'nodectl.spec': '{"network":[' } };
    const odd = { ...broken, labels: { 'nodectl.node': 'b', 'nodectl.spec': '{"network":{"a":1},"mode":null}' } };
    const { candidates } = await offerAt(['status', ''], sources([broken, odd, { name: 'x', labels: {} }]));
    expect(candidates).toEqual([
      { value: 'a', description: 'running' },
      { value: 'b', description: 'running' },
    ]);
  });
});
