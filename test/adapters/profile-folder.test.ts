import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { profileFolder } from '../../src/adapters/profile-folder.ts';
import { errorOf } from '../error-code.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { PROFILES } from '../profile-files.ts';

function fileOf(text: string | Buffer): { folder: string; path: string } {
  const folder = temporaryFolder();
  const path = join(folder, 'mine.yaml');
  writeFileSync(path, text);
  return { folder, path };
}

const refusedText = (text: string | Buffer) => {
  const { folder, path } = fileOf(text);
  return errorOf(() => profileFolder(folder).read(path));
};

test('a profile is read by its name, and any file by its path', () => {
  const { folder, path } = fileOf('kind: network\nchainId: 1\n');
  expect(profileFolder(folder).names()).toEqual(['mine']);
  expect(profileFolder(folder).read('mine')).toEqual({ path, document: { kind: 'network', chainId: 1 } });
  expect(PROFILES.read(path).document).toEqual({ kind: 'network', chainId: 1 });
});

test('only YAML files are profiles', () => {
  const { folder } = fileOf('kind: network\n');
  writeFileSync(join(folder, 'profile.schema.json'), '{}');
  expect(profileFolder(folder).names()).toEqual(['mine']);
});

describe('an unknown name is NO_SUCH_PROFILE', () => {
  test.each([
    ['mainet', 'mainnet'],
    ['sepola', 'sepolia'],
    ['hodi', 'hoodi'],
    ['HOODI', 'hoodi'],
  ])('%s, and %s is suggested', (name, nearest) => {
    const error = errorOf(() => PROFILES.read(name));
    expect(error).toMatchObject({ code: 'NO_SUCH_PROFILE', exit: 5 });
    expect(error.hint).toContain(nearest);
  });

  test.each(['', '..', 'x'.repeat(100_000), 'ma\u0000innet', '__proto__', 'pr\u00f6file'])('%j', (name) => {
    const error = errorOf(() => PROFILES.read(name));
    expect(error.code).toBe('NO_SUCH_PROFILE');
    expect(error.message.length).toBeLessThan(300);
  });

  test('a path where nothing is', () => {
    expect(errorOf(() => PROFILES.read(join(temporaryFolder(), 'none.yaml'))).code).toBe('NO_SUCH_PROFILE');
  });
});

describe('a file that cannot be a profile is INVALID_PROFILE', () => {
  test('a gigantic one, without reading it', () => {
    const { path } = fileOf('');
    execFileSync('truncate', ['-s', '20G', path]);
    expect(errorOf(() => PROFILES.read(path)).code).toBe('INVALID_PROFILE');
  });

  test('an unreadable one, also for root', () => {
    // Every process may open its own memory, and nobody can read its first page.
    expect(errorOf(() => PROFILES.read('/proc/self/mem')).code).toBe('INVALID_PROFILE');
  });

  test('a directory, a pipe, a device, a file taken for a folder', () => {
    const { folder, path } = fileOf('');
    mkdirSync(join(folder, 'folder.yaml'));
    execFileSync('mkfifo', [join(folder, 'pipe.yaml')]);
    for (const odd of [join(folder, 'folder.yaml'), join(folder, 'pipe.yaml'), '/dev/zero', `${path}/x.yaml`]) {
      expect(errorOf(() => PROFILES.read(odd)).code, odd).toBe('INVALID_PROFILE');
    }
  });

  test('a path with a zero byte', () => {
    expect(errorOf(() => PROFILES.read('./a\u0000.yaml')).code).toBe('INVALID_PROFILE');
  });

  test.each([
    ['broken YAML', 'kind: [network'],
    ['a tab as indentation', 'geth:\n\tpinned: 1.17.10\n'],
    ['a key twice', 'kind: network\nkind: preset\n'],
    ['two documents', 'kind: network\n---\nkind: preset\n'],
    ['an alias', 'a: &a [1]\nb: *a\n'],
    ['a bomb of aliases', bomb()],
    ['an endless nesting', '['.repeat(60_000)],
    ['an endless nesting of mappings', '{a: '.repeat(15_000)],
    ['an endless nesting that ends well', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['an endless nesting of lists in one line', '- '.repeat(30_000)],
    ['an endless nesting of keys', '? '.repeat(30_000)],
    ['an endless nesting by indentation', Array.from({ length: 340 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('%s', (_what, text) => {
    const started = performance.now();
    expect(refusedText(text).code).toBe('INVALID_PROFILE');
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

test('bytes that are no text, and an empty file, are documents that the schema refuses', () => {
  for (const text of [Buffer.from([0xff, 0xfe, 0x00]), '']) {
    const { path } = fileOf(text);
    let document: unknown;
    try {
      document = PROFILES.read(path).document;
    } catch (error) {
      expect(error).toMatchObject({ code: 'INVALID_PROFILE' });
      continue;
    }
    expect(typeof document === 'string' || document === null).toBe(true);
  }
});

describe('a genesis file', () => {
  test('is read as text, by its path or from beside the profile that names it', () => {
    const { folder } = fileOf('');
    const path = join(folder, 'genesis.json');
    writeFileSync(path, '{"config":"\u00e9"}\n');
    expect(PROFILES.readGenesis(path)).toEqual({ path, text: '{"config":"\u00e9"}\n' });
    expect(PROFILES.readGenesis('genesis.json', join(folder, 'mine.yaml'))).toEqual({ path, text: '{"config":"\u00e9"}\n' });
    expect(PROFILES.readGenesis(path, '/elsewhere/mine.yaml').path).toBe(path);
  });

  test('that is not there is NO_SUCH_PROFILE', () => {
    expect(errorOf(() => PROFILES.readGenesis(join(temporaryFolder(), 'none.json')))).toMatchObject({ code: 'NO_SUCH_PROFILE', exit: 5 });
  });

  test('that cannot be one is INVALID_GENESIS, without waiting and without reading it', () => {
    const { folder, path } = fileOf('');
    execFileSync('truncate', ['-s', '20G', join(folder, 'large.json')]);
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    writeFileSync(join(folder, 'utf16.json'), Buffer.from('\ufeff{"config":{}}', 'utf16le'));
    const odd = [folder, join(folder, 'large.json'), join(folder, 'pipe.json'), join(folder, 'utf16.json')];
    for (const file of [...odd, '/dev/zero', '/proc/self/mem', `${path}/x.json`, './a\u0000.json']) {
      expect(errorOf(() => PROFILES.readGenesis(file)).code, file).toBe('INVALID_GENESIS');
    }
  });
});

test('a digest is SHA-256 of the text as UTF-8, hexadecimal', () => {
  expect(PROFILES.digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
});

describe('a password file', () => {
  const passwordOf = (text: string, mode = 0o600) => {
    const path = join(temporaryFolder(), 'password');
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  };

  test.each([
    ['secret', 'secret'],
    ['secret\n', 'secret'],
    ['secret\r\nmore\n', 'secret'],
    [' spaces count \n', ' spaces count '],
  ])('%j gives %j: its first line', (text, password) => {
    expect(PROFILES.readPassword(passwordOf(text))).toBe(password);
    expect(PROFILES.readPassword(passwordOf(text, 0o400))).toBe(password);
  });

  test.each([0o640, 0o604, 0o620, 0o644, 0o777])('of mode %o is refused with the chmod to type', (mode) => {
    const path = passwordOf('secret', mode);
    expect(errorOf(() => PROFILES.readPassword(path))).toMatchObject({ code: 'USAGE', hint: `chmod 600 ${path}` });
  });

  test('that is none is USAGE, and nothing of a password is told', () => {
    const folder = temporaryFolder();
    execFileSync('mkfifo', ['-m', '600', join(folder, 'pipe')]);
    const none = [join(folder, 'none'), folder, join(folder, 'pipe'), '/dev/zero', './a\u0000'];
    for (const path of [...none, passwordOf(''), passwordOf('\nsecret'), passwordOf('secret'.repeat(1000))]) {
      const error = errorOf(() => PROFILES.readPassword(path));
      expect(error, path).toMatchObject({ code: 'USAGE', exit: 2 });
      expect(error.message).not.toContain('secret');
    }
  });
});

/** Nine lines that unfold to a billion words. */
function bomb(): string {
  const names = 'abcdefghi';
  const lines = ['a: &a [lol,lol,lol,lol,lol,lol,lol,lol,lol]'];
  for (let index = 1; index < names.length; index++) {
    const before = `*${names[index - 1]}`;
    lines.push(`${names[index]}: &${names[index]} [${Array(9).fill(before).join(',')}]`);
  }
  return lines.join('\n');
}

describe("a beacon chain's own file", () => {
  const wanted = (path: string, beside: string) => PROFILES.readNetworkFile(path, beside);

  test('is read beside the profile that names it, or where its path says, with its digest', () => {
    const { folder, path } = fileOf('kind: private\n');
    writeFileSync(join(folder, 'genesis.ssz'), Buffer.from([0, 255]));
    const digest = '06eb7d6a69ee19e5fbdf749018d3d2abfa04bcbd1365db312eb86dc7169389b8';
    const file = { path: join(folder, 'genesis.ssz'), bytes: Buffer.from([0, 255]), digest };
    expect(wanted('genesis.ssz', path)).toEqual(file);
    expect(wanted(join(folder, 'genesis.ssz'), '/elsewhere/mine.yaml')).toEqual(file);
  });

  test('that cannot be read is INVALID_PROFILE, and none is NO_SUCH_PROFILE', () => {
    const { folder, path } = fileOf('kind: private\n');
    const large = join(folder, 'large.ssz');
    writeFileSync(large, '');
    truncateSync(large, 64 * 1024 * 1024 + 1);
    expect(errorOf(() => wanted('large.ssz', path))).toMatchObject({ code: 'INVALID_PROFILE', facts: { file: large } });
    expect(errorOf(() => wanted('.', path)).code).toBe('INVALID_PROFILE');
    expect(errorOf(() => wanted('none.ssz', path)).code).toBe('NO_SUCH_PROFILE');
  });
});
