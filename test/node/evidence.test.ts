import { describe, expect, test } from 'vitest';
import { enforcementWarning, judgeEnforcement } from '../../src/node/enforcement.ts';
import { highestLoggedHead } from '../../src/node/log-head.ts';
import { judgeShutdown } from '../../src/node/shutdown-verdict.ts';
import { GIB } from '../../src/node/size.ts';
import type { KernelLimits } from '../../src/ports/host.ts';

const WANTED = { memory: GIB, memorySwap: 2 * GIB, nanoCpus: 1_500_000_000, pids: 512 };
const ALL = { memory: true, swap: true, cpu: true, pids: true };
const V2: KernelLimits = {
  cgroupVersion: 2,
  memory: GIB,
  swap: GIB,
  cpus: 1.5,
  pids: 512,
  sources: { memory: 'memory.max', swap: 'memory.swap.max', cpus: 'cpu.max', pids: 'pids.max' },
};
const rows = (kernel: KernelLimits | undefined, enforces = ALL, limits = WANTED) => judgeEnforcement(WANTED, kernel, { limits, enforces });
const missed = (...given: Parameters<typeof rows>) =>
  rows(...given)
    .filter((row) => !row.enforced)
    .map((row) => [row.limit, row.inForce]);

describe('a limit is enforced', () => {
  test('when the kernel holds it, and the row names the file that says so', () => {
    expect(missed(V2)).toEqual([]);
    expect(rows(V2).map(({ source }) => source)).toEqual(['memory.max', 'memory.swap.max', 'cpu.max', 'pids.max']);
    expect(rows(V2).map(({ wanted, inForce }) => [wanted, inForce])).toEqual([
      [GIB, GIB],
      [GIB, GIB],
      [1.5, 1.5],
      [512, 512],
    ]);
  });

  test('when the kernel only rounded it', () => {
    expect(missed({ ...V2, memory: GIB - 4096, swap: GIB - 64 * 1024, cpus: 1.4999 })).toEqual([]);
  });

  test('not when the kernel holds another or none', () => {
    expect(missed({ ...V2, memory: GIB / 2 })).toEqual([['memory', GIB / 2]]);
    expect(missed({ ...V2, swap: Number.POSITIVE_INFINITY })).toEqual([['swap', null]]);
    expect(missed({ ...V2, cpus: Number.POSITIVE_INFINITY, pids: 513 })).toEqual([
      ['cpus', null],
      ['pids', 513],
    ]);
  });

  test('not when there is no such file: a v1 kernel without swap accounting', () => {
    const { swap: _gone, ...sources } = V2.sources;
    const [row] = rows({ ...V2, cgroupVersion: 1, swap: undefined, sources }).filter(({ limit }) => limit === 'swap');
    expect(row).toMatchObject({ enforced: false, inForce: null });
    expect(row && enforcementWarning(row)).toContain('swap');
  });

  test('by the engine’s word where the kernel is out of sight, as far as the engine enforces at all', () => {
    expect(missed(undefined)).toEqual([]);
    expect(missed(undefined, { ...ALL, swap: false, cpu: false })).toEqual([
      ['swap', null],
      ['cpus', null],
    ]);
    expect(missed(undefined, ALL, { ...WANTED, memorySwap: -1 })).toEqual([['swap', null]]);
    expect(missed(undefined, ALL, { memory: 0, memorySwap: 0, nanoCpus: 0, pids: 0 }).map(([limit]) => limit)).toEqual([
      'memory',
      'swap',
      'cpus',
      'pids',
    ]);
  });
});

describe('an end is clean', () => {
  const closed = 'INFO [11-21|03:11:52.047] Blockchain stopped';
  test.each([
    ['exit code 0 after a full close', 0, [closed], true],
    ['the same with empty lines behind', 0, ['x', closed, '', '  '], true],
    ['the same as JSON', 0, ['{"t":"2026-11-21T03:11:52.049088803Z","lvl":"info","msg":"Blockchain stopped"}'], true],
    ['a light client that closed after its blocks', 0, [closed, 'INFO [11-21|06:26:36.501] Light ethereum stopped '], true],
    ['exit code 0 without the last words (low disk, a help text)', 0, ['Gracefully shutting down'], false],
    [
      'networking that ends after the database',
      0,
      [closed, 'INFO [11-21|03:11:52.148] Looking for peers    peercount=0 tried=0 static=1'],
      true,
    ],
    ['the same as JSON', 0, ['{"lvl":"info","msg":"Blockchain stopped"}', '{"lvl":"info","msg":"Looking for peers","peercount":0}'], true],
    ['the last words long before the end', 0, [closed, ...Array(11).fill('INFO [11-21|03:11:52.148] Looking for peers')], false],
    ['the last words and then an error', 0, [closed, 'ERROR[11-21|03:11:52.148] Failed to close database'], false],
    ['the last words and then something else', 0, [closed, 'panic: runtime error'], false],
    ['a kill after the close began', 137, [closed], false],
    ['a kill', 137, ['INFO Imported new potential chain segment'], false],
    ['no log at all', 0, [], false],
  ])('%s: %d', (_what, exitCode, lines, clean) => {
    expect(judgeShutdown(exitCode, lines)).toMatchObject({ clean, exitCode, evidence: expect.stringContaining(String(exitCode)) });
  });
});

describe('the head that a log tells of', () => {
  test.each([
    [
      '1.17.8',
      'INFO [11-21|03:11:51.946] Chain head was updated                   number=4 hash=cc4733..d79159 root=345324..663b83 elapsed="48.962µs"',
      4,
    ],
    ['1.17.8 while closing', 'INFO [11-21|03:11:52.022] Persisting dirty state                   head=4 root=345324..663b83 layers=4', 4],
    ['JSON', '{"t":"2026-11-21T03:11:51.63Z","lvl":"info","msg":"Chain head was updated","number":"4","hash":"0x245d"}', 4],
    [
      'JSON while closing',
      '{"t":"2026-11-21T03:11:52.02Z","lvl":"info","msg":"Persisting dirty state","head":4,"root":"0x4f","layers":4}',
      4,
    ],
    ['logfmt', 't=2026-11-21T03:11:51+0000 lvl=info msg="Chain head was updated" number=3 hash=0xd8 root=0xce elapsed=42.549µs', 3],
    [
      'thousands',
      'INFO [11-21|03:11:51.946] Imported new potential chain segment     number=23,456,789 hash=cc4733..d79159 blocks=1 txs=7',
      23_456_789,
    ],
    [
      '1.10',
      'INFO [11-20|12:00:00.000] Imported new chain segment               blocks=2 txs=0 mgas=0.000 elapsed=1.2ms number=12 hash=0a1b2c..3d4e5f',
      12,
    ],
    [
      '1.10 sealing',
      'INFO [11-20|12:00:00.000] Successfully sealed new block            number=12 sealhash=0a..3d hash=0a..3d elapsed=1s',
      12,
    ],
  ])('%s', (_what, line, head) => {
    expect(highestLoggedHead([line])).toBe(head);
  });

  test('is the highest, and none where no line tells one', () => {
    const line = (number: number) => `INFO [11-21|03:11:51.946] Chain head was updated number=${number} hash=cc`;
    expect(highestLoggedHead([line(3), line(5), line(4)])).toBe(5);
    expect(highestLoggedHead([])).toBeUndefined();
    expect(highestLoggedHead(['number=99', 'INFO Chain head was updated', 'INFO Looking for peers peercount=3'])).toBeUndefined();
  });

  test('is never that of a block still to be sealed', () => {
    expect(
      highestLoggedHead(['INFO [11-20|12:00:00.000] Commit new sealing work                  number=13 sealhash=0a..3d uncles=0 txs=0']),
    ).toBeUndefined();
  });
});
