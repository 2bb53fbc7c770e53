import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { archiveContents, isLeftOut, ownsItsChain, partVolume } from '../../../src/node/archive/archive-contents.ts';
import { checksumLine, checksumMismatch } from '../../../src/node/archive/checksum-list.ts';
import { entryJudge } from '../../../src/node/archive/entry-rules.ts';
import { keptLabels, type Manifest, manifestText, readManifest } from '../../../src/node/archive/manifest.ts';
import type { ObservedVolume } from '../../../src/ports/containers.ts';
import { errorOf } from '../../error-code.ts';
import { chainSpec } from '../../fakes/private-nodes.ts';
import { makeSpec } from '../make-node.ts';

const judge = (...paths: readonly string[]) => {
  const one = entryJudge(['execution', 'secret']);
  return paths.map((path) => one({ path: path.replace(/\/$/, ''), kind: path.endsWith('/') ? 'folder' : 'file' }));
};

describe('an entry of an archive', () => {
  test('is taken where it lies below an announced part, each once', () => {
    const taken = [
      'execution/',
      'execution/geth/',
      'execution/geth/nodekey',
      'execution/keystore/UTC--2026-11-21T10-00-00.1Z--ä',
      'secret/a b',
    ];
    expect(judge(...taken)).toEqual(taken.map(() => undefined));
  });

  test.each([
    ...['/etc/passwd', '../x', 'execution/../../x', 'execution/..', 'execution/./x', 'execution//x', '', '.', '..', '/'],
    ...['consensus/x', 'other', 'nodectl.json', 'execution\\..\\x', 'execution/a\nb', 'execution/a\u0000b', 'execution/\u001b[2J'],
    ...[`execution/${'x'.repeat(256)}`, `execution/${'x/'.repeat(2100)}y`, 'executionx/y', 'execution'],
  ])('is refused at %j', (path) => {
    expect(entryJudge(['execution', 'secret'])({ path, kind: 'file' })).toBeTypeOf('string');
  });

  test('is refused when it is no file and no folder', () => {
    expect(entryJudge(['execution'])({ path: 'execution/x', kind: 'other' })).toBeTypeOf('string');
  });

  test('is refused twice, and below a file', () => {
    expect(judge('execution/a', 'execution/a')[1]).toBeTypeOf('string');
    expect(judge('execution/a', 'execution/a/')[1]).toBeTypeOf('string');
    expect(judge('execution/a', 'execution/a/b/c')[1]).toBeTypeOf('string');
    expect(judge('execution/a/', 'execution/a/b')).toEqual([undefined, undefined]);
  });

  test('never leads out of its volume, whatever its name', () => {
    const piece = fc.constantFrom('..', '.', '', 'execution', 'a', '/', '\\', '\u0000', '...');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const path = pieces.join('/');
        if (entryJudge(['execution'])({ path, kind: 'folder' }) !== undefined) return true;
        return path === 'execution' || new URL(`file:///${path}`).pathname.startsWith('/execution/');
      }),
    );
  });
});

describe('a manifest', () => {
  const manifest: Manifest = {
    ...{ format: 'nodectl-archive', v: 1, nodectl: '0.4.0', made: '2026-11-21T10:00:00.000Z', node: 'dev' },
    ...{ spec: makeSpec(), chain: true, volumes: [{ part: 'execution', labels: { 'nodectl.network': 'dev' } }] },
  };
  const altered = (change: object) => JSON.stringify({ ...JSON.parse(manifestText(manifest)), ...change });

  test('reads as it was written', () => {
    expect(readManifest(manifestText(manifest))).toEqual(manifest);
    expect(readManifest(altered({ spec: null })).spec).toBeNull();
  });

  test.each([
    ['ARCHIVE_NEWER', { v: 2 }],
    ['ARCHIVE_NEWER', { v: 7, entirely: 'different', volumes: 3 }],
    ['ARCHIVE_NEWER', { sealed: true }],
    ['ARCHIVE_NEWER', { spec: { ...manifest.spec, v: 2 } }],
    ['ARCHIVE_NEWER', { spec: { ...manifest.spec, colour: 'red' } }],
    ['ARCHIVE_BROKEN', { format: 'zip' }],
    ['ARCHIVE_BROKEN', { v: 0 }],
    ['ARCHIVE_BROKEN', { node: '../x' }],
    ['ARCHIVE_BROKEN', { volumes: [{ part: 'root', labels: {} }] }],
    ['ARCHIVE_BROKEN', { volumes: [...manifest.volumes, ...manifest.volumes] }],
    ['ARCHIVE_BROKEN', { spec: { v: 1 } }],
  ] as const)('is refused with %s when it says %j', (code, change) => {
    expect(errorOf(() => readManifest(altered(change))).code).toBe(code);
  });

  test.each(['', 'null', '[]', '7', '{', '{"format":"nodectl-archive"}', '"nodectl-archive"'])('is refused when it is %j', (text) => {
    expect(errorOf(() => readManifest(text)).code).toBe('ARCHIVE_BROKEN');
  });

  test('moves a stranger to say nothing with control characters', () => {
    expect(errorOf(() => readManifest(altered({ v: 2, nodectl: '\u001b[2J9' }))).message).not.toContain('\u001b');
  });

  test('brings no labels but those that tell of the chain', () => {
    expect(keptLabels({ 'nodectl.network': 'dev', 'nodectl.node': 'other', 'com.docker.x': 'y' })).toEqual({ 'nodectl.network': 'dev' });
  });
});

describe('the contents of an archive', () => {
  const volume = (name: string): ObservedVolume => ({ name, labels: {}, mountpoint: '', driver: 'local', options: {}, createdAt: 0 });
  const volumes = (['execution', 'consensus', 'secret'] as const).map((part) => volume(partVolume('a', part)));
  const parts = (chain: boolean) => archiveContents('a', volumes, chain).map(({ part, paths }) => [part, ...paths]);

  test('are keys and configuration, and everything with the chain', () => {
    expect(parts(false)).toEqual([
      ['execution', 'keystore', 'geth/nodekey', 'nodectl'],
      ['secret', ''],
    ]);
    expect(parts(true)).toEqual([
      ['execution', ''],
      ['consensus', ''],
      ['secret', ''],
    ]);
    expect(archiveContents('other', volumes, true)).toEqual([]);
  });

  test('have the chain unasked where nobody else has it', () => {
    expect(ownsItsChain({ network: 'dev', custom: null })).toBe(true);
    expect(ownsItsChain(chainSpec())).toBe(true);
    expect(ownsItsChain({ network: 'mainnet', custom: null })).toBe(false);
  });

  test('leave out what belongs to one machine and one run', () => {
    const left = [
      'secret/lost+found',
      'execution/lost+found/x',
      'execution/geth.ipc',
      'execution/geth/LOCK',
      'execution/geth/nodes',
      'execution/geth/nodes/000001.log',
    ];
    expect(left.map(isLeftOut)).toEqual(left.map(() => true));
    const kept = [
      'execution/geth/nodekey',
      'execution/geth/chaindata/LOCK',
      'secret/jwt.hex',
      'consensus/geth/nodes',
      'execution/geth/nodes2',
    ];
    expect(kept.map(isLeftOut)).toEqual(kept.map(() => false));
  });
});

describe('the list of checksums', () => {
  const [a, b] = [checksumLine('a', '1'.repeat(64)), checksumLine('b', '2'.repeat(64))];

  test('is what sha256sum reads', () => {
    expect(a).toBe(`${'1'.repeat(64)}  a\n`);
  });

  test('names the file that does not fit', () => {
    expect(checksumMismatch(a + b, a + b)).toBeUndefined();
    expect(checksumMismatch(a + b, a + checksumLine('b', '3'.repeat(64)))).toBe('b was changed');
    expect(checksumMismatch(a + b, a)).toBe('b is missing');
    expect(checksumMismatch(a, a + b)).toBe('b is not in its list');
  });
});
