import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GIB } from '../../../../src/node/size.ts';
import { progress } from '../../../../src/node/sync/progress.ts';
import type { ViewStyle } from '../../../../src/node/watch/view/line.ts';
import type { View } from '../../../../src/node/watch/view/view.ts';
import { viewLines } from '../../../../src/node/watch/view/view-lines.ts';
import { makeCourse, makeSample, makeStatus, makeView, NOW } from './make-sample.ts';

const UNICODE: ViewStyle = { paint: (_tone, text) => text, unicode: true };
const ASCII: ViewStyle = { paint: (_tone, text) => text, unicode: false };
const COLOURED: ViewStyle = { paint: (tone, text) => `<${tone}>${text}</>`, unicode: true };

const SIZES = [
  ...[160, 120, 119, 80, 79, 54, 40, 34, 20, 12, 3, 1].map((columns) => ({ columns, rows: 40 })),
  ...[24, 10, 5, 3, 2, 1].flatMap((rows) => [160, 80, 20].map((columns) => ({ columns, rows }))),
];

/** An attack, and words of other scripts: wide characters, marks that stand on others, right to left, emoji in many parts. */
const STRANGE = '\u001b[2J\u0007\r\n\tノード名前が長い e\u0301\u0301\u0301 \u202eevil\u200b 👩‍👩‍👧‍👦 🇩🇪 ☂️ 한국어 ｆｕｌｌ';

const healing = { rate: 41, unit: 'trie nodes' as const, eta: { none: 'no estimate: pending 5120, falling' } };
const VIEWS: Readonly<Record<string, View>> = {
  'a sync': makeView(),
  'before the first look': makeView({ samples: [], news: [] }),
  'an engine lost before the first look': makeView({
    samples: [],
    blind: { kind: 'engine-lost', since: NOW, message: 'The Docker engine does not run.' },
  }),
  'an engine lost': makeView({
    now: NOW + 12_000,
    blind: { kind: 'engine-lost', since: NOW + 2_000, message: 'The Docker engine does not run.' },
  }),
  healing: makeView({
    samples: makeCourse({
      status: makeStatus({ sync: { state: 'syncing', phase: 'healing', current: 999, highest: 1000, pending: 5120 } }),
      phases: [{ progress: { ...progress('healing', 'trie nodes', 88_000, null), pending: 5120 }, trend: healing }],
    }),
  }),
  'the headers that only the log tells': makeView({
    samples: [
      makeSample({
        phases: [],
        status: makeStatus({ sync: { state: 'syncing', phase: 'headers', current: 500_000, highest: 1_000_000, pending: null } }),
      }),
    ],
  }),
  'a node without a container': makeView({ blind: { kind: 'gone', since: NOW - 5_000 } }),
  'a dead node': makeView({
    samples: [
      makeSample({
        status: makeStatus({
          ...{ healthy: false, sync: { state: 'dead' }, head: null, peers: null, txpool: null, consensus: null, finalized: null },
          container: { ...makeStatus().container, state: 'exited', exitCode: 137, oomKilled: true, uptimeMs: null },
          use: { memoryBytes: null, swapBytes: null, cpusAverage: null, diskBytes: null, source: null },
        }),
        ...{
          cpus: null,
          workingSetBytes: null,
          heldBytes: null,
          pressure: null,
          swapIo: null,
          diskFreeBytes: null,
          phases: [],
          warnings: [],
        },
      }),
    ],
  }),
  'no limits and numbers beyond measure': makeView({
    samples: [
      makeSample({
        status: makeStatus({
          limits: { memoryBytes: null, swapBytes: null, cpus: null, pids: null },
          use: { memoryBytes: 900 * 1024 * GIB, swapBytes: 2 ** 52, cpusAverage: 1, diskBytes: 2 ** 52, source: 'kernel' },
          ...{ peers: 2 ** 52, finalized: 2 ** 52, head: { number: 2 ** 52, hash: '0x', time: '', ageMs: 2 ** 45 } },
        }),
        cpus: 1e6,
      }),
    ],
  }),
  "strangers' words": makeView({
    ...{ node: STRANGE, news: [{ time: NOW, text: STRANGE }], hint: STRANGE, blind: { kind: 'engine-lost', since: NOW, message: STRANGE } },
    samples: [
      makeSample({
        warnings: [{ kind: 'no-peers', text: STRANGE, inMs: null }],
        status: makeStatus({ notes: [STRANGE], network: STRANGE, sync: { state: 'not-answering', reason: STRANGE.repeat(20) } }),
      }),
    ],
  }),
};

/** Of the characters in these tests; what is not known takes one cell. */
function cellsIn(text: string): number {
  return [...text].reduce(
    (cells, character) => cells + (/[\u0301]/.test(character) ? 0 : /[ぁ-ヿ一-鿿가-힣ｆｕｌ]|[👩👧👦]/u.test(character) ? 2 : 1),
    0,
  );
}

describe.each(Object.entries(VIEWS))('the view of %s', (_name, view) => {
  it.each(SIZES)('keeps within $columns columns and $rows rows', (size) => {
    const lines = viewLines(view, size, UNICODE);
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.length).toBeLessThanOrEqual(size.rows);
    for (const line of lines) expect(cellsIn(line), line).toBeLessThanOrEqual(size.columns);
  });

  it.each(SIZES)('is nothing but ASCII where the locale is no UTF-8, at $columns by $rows', (size) => {
    for (const line of viewLines(view, size, ASCII)) {
      expect(line).toMatch(/^[ -~]*$/);
      expect(line.length, line).toBeLessThanOrEqual(size.columns);
    }
  });

  it('shows the same characters with colour as without', () => {
    const size = { columns: 80, rows: 40 };
    const bare = viewLines(view, size, COLOURED).map((line) => line.replace(/<[a-z]+>|<\/>/g, ''));
    expect(bare).toEqual(viewLines(view, size, UNICODE));
  });
});

describe('what the view shows', () => {
  const text = (name: string, columns: number, rows = 40) => viewLines(VIEWS[name] ?? makeView(), { columns, rows }, UNICODE).join('\n');

  it.each([
    [
      160,
      [
        'hoodi',
        'syncing (chain)',
        '81.2 %',
        '312 blocks/s',
        '2h 5m',
        '812,345 of 1,000,000',
        '12s old',
        '2.94 of 4 GiB',
        '3.21 GiB',
        '1.82 of 2',
        '188 GiB free',
        'memory 12%',
        '922K/s',
        'prysm: syncing',
        '11:59:55Z',
      ],
    ],
    [
      80,
      [
        'hoodi',
        'syncing (chain)',
        '81.2 %',
        '312 blocks/s',
        '2h 5m',
        '812,345 of 1,000,000',
        '12s old',
        '2.94 of 4 GiB',
        '3.21 GiB',
        '1.82 of 2',
        '188 GiB free',
        'memory 12%',
        '922K/s',
        'prysm: syncing',
        '11:59:55Z',
      ],
    ],
    [
      40,
      [
        'hoodi',
        'syncing (chain)',
        '81.2 %',
        '2h 5m',
        '12s old',
        '2.94 of 4 GiB',
        '3.21 GiB',
        '1.82 of 2',
        '188 GiB free',
        'm12 c4 d33',
        'prysm: syncing',
        '11:59Z',
      ],
    ],
    [20, ['hoodi', 'syncing', '81.2 %', '2h 5m', '12s', '2.94 of 4 GiB', '3.21 GiB', '1.82/2', '188G free', 'm12 c4 d33', '11:59Z']],
  ])('tells at %i columns what matters of a sync', (columns, facts) => {
    for (const fact of facts) expect(text('a sync', columns)).toContain(fact);
  });

  it.each([
    [1, ['syncing'], ['81.2 %', '2.94 of 4 GiB']],
    [3, ['syncing', '81.2 %', '2h 5m'], ['11:59:55Z']],
    [8, ['syncing', '81.2 %', '12s old', '2.94 of 4 GiB', 'Memory heads for its limit'], ['1,234 pending']],
    [16, ['188 GiB free', '1.82 of 2', '11:59:55Z'], ['1,234 pending']],
  ])('leaves out of %i rows what matters least', (rows, kept, spared) => {
    for (const fact of kept) expect(text('a sync', 80, rows)).toContain(fact);
    for (const fact of spared) expect(text('a sync', 80, rows)).not.toContain(fact);
  });

  it('stands chain and limits beside each other where the terminal is wide', () => {
    expect(
      text('a sync', 120)
        .split('\n')
        .find((line) => line.startsWith('Chain')),
    ).toContain('Memory');
    expect(
      text('a sync', 119)
        .split('\n')
        .find((line) => line.startsWith('Chain')),
    ).not.toContain('Memory');
  });

  it('has a sparkline for what changes, and none where there is no room', () => {
    expect(text('a sync', 80)).toMatch(/CPU .*▁▂+▃+.*█/);
    expect(text('a sync', 20)).not.toMatch(/[▁▂▃▄▅▆▇█]/);
  });

  it('says of healing which way it goes, and never when it ends', () => {
    for (const columns of [160, 80, 40]) {
      expect(text('healing', columns)).toContain('pending 5120, falling');
      expect(text('healing', columns)).not.toContain('to go');
    }
  });

  it('tells of headers without a sample of the phase', () => expect(text('the headers that only the log tells', 80)).toContain('50 %'));

  it('tells how a container ended, and no use that nobody measured', () => {
    expect(text('a dead node', 80)).toMatch(/137.*out of memory/);
    expect(text('a dead node', 80)).not.toMatch(/Memory|CPU|Disk|Pressure/);
  });

  it('says that the engine is lost, how old the rest is, and goes on ageing', () => {
    expect(text('an engine lost', 80)).toMatch(/engine lost/);
    expect(text('an engine lost', 80)).toContain('The Docker engine does not run.');
    expect(text('an engine lost', 80)).toContain('24s old');
    expect(text('an engine lost before the first look', 80)).toContain('The Docker engine does not run.');
  });

  it('lets nothing of a stranger reach the terminal but printable characters', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 60 }),
        (words, columns, rows) => {
          const sample = makeSample({
            warnings: [{ kind: 'no-peers', text: words, inMs: 1 }],
            status: makeStatus({ notes: [words], mode: words, sync: { state: 'stalled', phase: 'state', forMs: 1, reason: words } }),
          });
          const view = makeView({ node: words, samples: [sample], news: [{ time: NOW, text: words }] });
          for (const line of viewLines(view, { columns, rows }, UNICODE)) expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
          for (const line of viewLines(view, { columns, rows }, ASCII)) expect(line.length).toBeLessThanOrEqual(columns);
        },
      ),
      { numRuns: 100 },
    );
  });
});
