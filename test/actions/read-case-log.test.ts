import { describe, expect, test } from 'vitest';
import { readCaseLog } from '../../src/actions/read-case-log.ts';
import { NodectlError } from '../../src/errors.ts';
import type { ObservedContainer } from '../../src/ports/containers.ts';
import type { Engine, LogLine, LogQuery } from '../../src/ports/engine.ts';

const BORN = Date.UTC(2026, 10, 21, 12);

interface Asked extends LogQuery {
  readonly given: number;
}

/** An engine that tells a log as dockerd does: the last lines first, then those of the time asked for. */
function engineOf(texts: readonly (readonly [seconds: number, text: string])[], slow?: (asked: LogQuery) => Promise<void>) {
  const asked: Asked[] = [];
  const engine = {
    async *logs(_: string, query: LogQuery): AsyncGenerator<LogLine> {
      let given = 0;
      const tail = query.tail === undefined ? texts : texts.slice(-query.tail);
      try {
        for (const [seconds, text] of tail) {
          const at = BORN + seconds * 1000;
          if (at < (query.since ?? 0)) continue;
          if (at > (query.until ?? Number.POSITIVE_INFINITY)) return;
          await slow?.(query);
          if (query.signal?.aborted) return;
          given++;
          yield { stream: 'stderr', time: new Date(at).toISOString(), text };
        }
      } finally {
        asked.push({ ...query, given });
      }
    },
  };
  return { engine: engine as unknown as Engine, asked };
}

const container = (over: Partial<ObservedContainer> = {}) =>
  ({ id: 'c', createdAt: BORN, startedAt: BORN, log: { driver: 'json-file', options: {} }, ...over }) as ObservedContainer;
const run = (from: number, to: number | null) => ({
  ...{ startedAt: BORN + from * 1000, endedAt: to === null ? null : BORN + to * 1000 },
  ...{ exitCode: 1, oomKilled: false, pid: null },
});

const clock = {
  now: () => Date.now(),
  sleep: (ms: number, signal?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const timer = setTimeout(resolve, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(new Error('aborted'));
      });
    }),
};
const soon = () => Date.now() + 60_000;

const INFO = (text: string) => `INFO [11-21|12:00:00.000] ${text}`;
const UNCLEAN = 'WARN [11-21|12:00:00.000] Unclean shutdown detected                booted=2026-11-21T20:13:04+0000 age=7s';
const filler = (count: number, from: number, by = 1) =>
  Array.from({ length: count }, (_, index) => [from + index * by, INFO(`Looking for peers   peercount=${index}`)] as const);

describe('the log of a run', () => {
  test('that is short is read once, and wholly', async () => {
    const { engine, asked } = engineOf([[0, UNCLEAN], ...filler(20, 1), [30, 'panic: boom']]);
    const log = await readCaseLog(container(), run(0, 30), soon(), engine, clock);
    expect(log.signed.map(({ kind }) => kind)).toEqual(['unclean-start', 'panic']);
    expect(log.lastLines).toHaveLength(22);
    expect(asked).toHaveLength(1);
  });

  test('that is long is told by its end and its start, and not read in between', async () => {
    const { engine, asked } = engineOf([[1, UNCLEAN], ...filler(200_000, 2), [200_002, 'panic: boom']]);
    const log = await readCaseLog(container(), run(0, 200_002), soon(), engine, clock);
    expect(log.signed.map(({ kind }) => kind)).toEqual(['unclean-start', 'panic']);
    expect(asked.reduce((sum, { given }) => sum + given, 0)).toBeLessThan(10_000);
  });

  test('says nothing of the start where the engine would read through all of a long log for it', async () => {
    const later = container({ createdAt: BORN - 3_600_000 });
    const { engine, asked } = engineOf([[1, UNCLEAN], ...filler(20_000, 2)]);
    const log = await readCaseLog(later, run(0, null), soon(), engine, clock);
    expect(log.signed).toEqual([]);
    expect(asked.every(({ tail }) => tail !== undefined)).toBe(true);
    const bounded = container({
      createdAt: BORN - 3_600_000,
      log: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    });
    expect((await readCaseLog(bounded, run(0, null), soon(), engine, clock)).signed).toHaveLength(1);
  });

  test('that ends with a stack of thousands is read back to the panic', async () => {
    const stack = Array.from({ length: 7_000 }, () => [100, 'main.main()'] as const);
    const { engine } = engineOf([[0, UNCLEAN], ...filler(9_000, 1, 0.01), [100, 'panic: boom'], ...stack]);
    const log = await readCaseLog(container(), run(0, 100), soon(), engine, clock);
    expect(log.signed.map(({ kind }) => kind)).toEqual(['unclean-start', 'panic']);
  });

  test('holds no line of the runs before and after, though they touch it', async () => {
    const { engine } = engineOf([
      ...([[0, UNCLEAN] as const, [9.9, 'panic: first']] as const),
      ...([[10, INFO('begun')] as const, [20, 'Fatal: second']] as const),
      ...([[20.2, UNCLEAN] as const, [30, 'panic: third']] as const),
    ]);
    const third = container({ startedAt: BORN + 20_200 });
    const log = await readCaseLog(third, run(10, 20), soon(), engine, clock);
    expect(log.signed.map(({ text }) => text)).toEqual(['Fatal: second']);
    expect(log.lastLines.map(({ text }) => text)).toEqual([INFO('begun'), 'Fatal: second']);
    const last = await readCaseLog(third, run(20.2, 30), soon(), engine, clock);
    expect(last.signed.map(({ kind }) => kind)).toEqual(['unclean-start', 'panic']);
  });

  test('holds what the engine took of it only after its end', async () => {
    const { engine } = engineOf([
      [0, INFO('begun')],
      [21.2, 'panic: late'],
      [23, INFO('begun again')],
    ]);
    const log = await readCaseLog(container({ startedAt: BORN + 22_900 }), run(0, 20), soon(), engine, clock);
    expect(log.signed.map(({ text }) => text)).toEqual(['panic: late']);
    expect(log.lastLines).toHaveLength(2);
  });

  test('of long ago is found behind thousands of later lines', async () => {
    const { engine } = engineOf([[0, INFO('begun')], [5, 'Fatal: first'], ...filler(8_000, 10)]);
    const log = await readCaseLog(container({ startedAt: BORN + 10_000 }), run(0, 5), soon(), engine, clock);
    expect(log.lastLines.map(({ text }) => text)).toEqual([INFO('begun'), 'Fatal: first']);
  });

  test('that comes too slowly is told as far as it came, within its time', async () => {
    const crawl = async ({ tail = 0 }: LogQuery) => {
      if (tail > 200) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const { engine } = engineOf([...filler(3_000, 0), [3_000, 'panic: boom']], crawl);
    const before = Date.now();
    const log = await readCaseLog(container(), run(0, 3_000), before + 300, engine, clock);
    expect(Date.now() - before).toBeLessThan(2_000);
    expect(log.signed.map(({ kind }) => kind)).toEqual(['panic']);
    expect(log.lastLines.at(-1)?.text).toBe('panic: boom');
  });

  test('that comes too slowly still tells what stands before a long stack', async () => {
    let given = 0;
    const halts = async ({ tail = 0 }: LogQuery) => {
      if (tail > 2_000 && ++given > 3_000) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const stack = Array.from({ length: 8_000 }, () => [100, 'main.main()'] as const);
    const { engine } = engineOf([[0, UNCLEAN], ...filler(9_000, 1, 0.01), [100, 'panic: boom'], ...stack], halts);
    const log = await readCaseLog(container(), run(0, 100), Date.now() + 800, engine, clock);
    expect(log.signed.map(({ kind }) => kind)).toEqual(['unclean-start', 'panic']);
  });

  test('that the engine does not give, or that never was, is empty', async () => {
    const broken = {
      // biome-ignore lint/correctness/useYield: it fails before it has anything to give.
      async *logs() {
        throw new NodectlError('ENGINE_FAILED', 'configured logging driver does not support reading');
      },
    } as unknown as Engine;
    const empty = { signed: [], lastLines: [] };
    expect(await readCaseLog(container(), run(0, 10), soon(), broken, clock)).toEqual(empty);
    const { engine, asked } = engineOf([[0, 'panic: boom']]);
    expect(await readCaseLog(container(), { ...run(0, null), startedAt: 0 }, soon(), engine, clock)).toEqual(empty);
    expect(asked).toEqual([]);
  });
});
