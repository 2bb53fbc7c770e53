import { describe, expect, test } from 'vitest';
import { type DiskQuestion, judgeDisk } from '../../src/node/disk-guard.ts';
import { GIB } from '../../src/node/size.ts';
import { DEV, MAINNET, profileOf } from './make-node.ts';

const ask = (over: Partial<DiskQuestion>) =>
  judgeDisk({ profile: MAINNET, mode: 'snap', history: 'all', storage: null, free: 2000 * GIB, used: 0, ...over });

describe('a chain that does not fit', () => {
  test.each<[string, Partial<DiskQuestion>, string[], string[]]>([
    ['on the disk', { free: 77 * GIB }, ['snap', 'mainnet', '1.2 TiB', '2026-04', '77 GiB'], ['No mode', '--force']],
    ['in what was asked for it', { storage: 80 * GIB }, ['80 GiB', '--storage'], ['No mode']],
    ['although a shorter history would', { free: 900 * GIB }, ['900 GiB'], ['--history postmerge', '--history postprague']],
    ['although the shortest would', { free: 600 * GIB, history: 'postmerge' }, ['830 GiB', 'postmerge'], ['--history postprague']],
    ['as an archive, although a node would', { mode: 'archive' }, ['archive', '2 TiB'], ['--syncmode snap (1.2 TiB)']],
    ['beside what it has', { free: 100 * GIB, used: 500 * GIB }, ['100 GiB', '500 GiB'], ['--history postprague']],
    ['on a disk that is smaller than what was asked', { free: 50 * GIB, storage: 1300 * GIB }, ['50 GiB'], ['No mode']],
  ])('%s is told with numbers and with what fits', (_what, over, facts, fits) => {
    const problem = ask(over);
    for (const fact of facts) expect(problem?.message).toContain(fact);
    for (const words of fits) expect(problem?.hint).toContain(words);
  });

  test('offers nothing that does not fit either', () => {
    expect(ask({ free: 600 * GIB })?.hint).not.toMatch(/postmerge|archive|snap \(/);
  });
});

test.each<[string, Partial<DiskQuestion>]>([
  ['the disk holds it', {}],
  ['a shorter history fits', { free: 600 * GIB, history: 'postprague' }],
  ['most of it is there already', { free: 100 * GIB, used: 1200 * GIB }],
  ['no figure is known', { profile: profileOf('hoodi'), free: GIB }],
  ['no figure is known of the range', { history: 'postosaka', free: GIB }],
  ['the disk cannot be seen', { free: undefined }],
  ['it is a small chain', { profile: DEV, mode: 'full', free: 2 * GIB }],
])('nothing is said when %s', (_why, over) => {
  expect(ask(over)).toBeUndefined();
});
