import { describe, expect, test } from 'vitest';
import { ProfileSchema } from '../../src/node/profile.ts';
import { PROFILE_WORDS, readNetwork, readPreset, readProfile } from '../../src/node/read-profile.ts';
import { errorOf } from '../error-code.ts';
import { readProfileFile } from '../profile-files.ts';

const mainnet = () => structuredClone(readProfileFile('mainnet')) as Record<string, object>;
const refused = (document: unknown) => errorOf(() => readProfile('/etc/x.yaml', document));

function without(key: string) {
  const { [key]: _gone, ...rest } = mainnet();
  return rest;
}

describe('a typo in a profile is INVALID_PROFILE, with the file, the path inside it and the nearest valid word', () => {
  test.each([
    ['an unknown key', { ...mainnet(), consensos: 'required' }, 'the top level', 'consensus'],
    ['a misspelt required key', { ...without('chainId'), chainID: 1 }, 'the top level', 'chainId'],
    ['a misspelt key below', { ...mainnet(), geth: { pined: '1.17.10', minimum: '1.16.6', refused: [] } }, 'geth', 'pinned'],
    ['a misspelt kind', { ...mainnet(), kind: 'netwrok' }, 'kind', 'network'],
    ['a misspelt mode', { ...mainnet(), syncmode: 'snpa' }, 'syncmode', 'snap'],
    ['a misspelt mode in a list', { ...mainnet(), syncmodes: ['snap', 'ful'] }, 'syncmodes.1', 'full'],
    ['a misspelt mode as a key', { ...mainnet(), needs: { ...mainnet().needs, disk: { snp: { disk: '1T' } } } }, 'needs.disk', 'snap'],
    ['a misspelt word', { ...mainnet(), consensus: 'requird' }, 'consensus', 'required'],
  ])('%s', (_what, document, path, nearest) => {
    const { code, message, facts } = refused(document);
    expect(code).toBe('INVALID_PROFILE');
    expect(facts).toEqual({ file: '/etc/x.yaml' });
    expect(message).toContain('/etc/x.yaml');
    expect(message).toContain(path);
    expect(message).toContain(JSON.stringify(nearest));
  });
});

describe('a document that is no profile is INVALID_PROFILE', () => {
  test.each([
    ['nothing', null],
    ['a list', []],
    ['a word', 'mainnet'],
    ['a number', 42],
    ['an empty mapping', {}],
    ['a kind that names nothing', { kind: 'constructor' }],
    ['a missing key', without('geth')],
    ['a size without a unit', { ...mainnet(), memory: '2048' }],
    ['a size that is a number', { ...mainnet(), memory: 8 }],
    ['a version that YAML read as a number', { ...mainnet(), geth: { ...mainnet().geth, pinned: 1.17 } }],
    ['a chain id below one', { ...mainnet(), chainId: 0 }],
    ['a chain id beyond exact numbers', { ...mainnet(), chainId: 2 ** 60 }],
    ['a name that leaves the folder', { ...mainnet(), name: '../x' }],
    ['a flag that is a number', { ...mainnet(), flags: [1] }],
    ['a preset of no CPU', { kind: 'preset', name: 'x', title: 'x', cpus: 0 }],
  ])('%s', (_what, document) => {
    expect(refused(document).code).toBe('INVALID_PROFILE');
  });

  test('and a huge value in it is not repeated whole', () => {
    expect(refused({ ...mainnet(), name: 'X'.repeat(50_000) }).message.length).toBeLessThan(300);
    expect(refused({ ...mainnet(), ['x'.repeat(50_000)]: 1 }).message.length).toBeLessThan(300);
  });
});

test('a preset used as a network, or the reverse, is INVALID_PROFILE and names the right option', () => {
  const preset = readProfileFile('small-vps');
  expect(errorOf(() => readNetwork('small-vps.yaml', preset))).toMatchObject({
    code: 'INVALID_PROFILE',
    hint: expect.stringContaining('--preset'),
  });
  expect(errorOf(() => readPreset('mainnet.yaml', mainnet()))).toMatchObject({
    code: 'INVALID_PROFILE',
    hint: expect.stringContaining('--network'),
  });
});

test('the words a typo is compared with are every key and literal of the schema', () => {
  const words = new Set<string>();
  collect(ProfileSchema, words);
  expect(words.size).toBeGreaterThan(25);
  expect([...PROFILE_WORDS].sort()).toEqual([...words].sort());
});

interface Definition {
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly options?: readonly unknown[];
  readonly element?: unknown;
  readonly innerType?: unknown;
  readonly keyType?: unknown;
  readonly valueType?: unknown;
}

/** Keys of objects and literal strings of a schema, by zod's own definitions. */
function collect(schema: unknown, words: Set<string>): void {
  if (typeof schema !== 'object' || schema === null || !('_zod' in schema)) return;
  const { def } = (schema as { _zod: { def: Definition } })._zod;
  for (const [key, value] of Object.entries(def.shape ?? {})) {
    words.add(key);
    collect(value, words);
  }
  for (const word of [...(def.values ?? []), ...Object.values(def.entries ?? {})]) if (typeof word === 'string') words.add(word);
  for (const inner of [def.element, def.innerType, def.keyType, def.valueType, ...(def.options ?? [])]) collect(inner, words);
}
