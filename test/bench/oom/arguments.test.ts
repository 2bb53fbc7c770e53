import { describe, expect, it } from 'vitest';

interface Size {
  word: string;
  bytes: number;
}
interface Options {
  geths: string[];
  memories: Size[];
  swaps: Size[];
  ways: string[];
  runs: number;
  seconds: number;
  parallel: number;
  output: string;
}
interface Job {
  run: number;
  geth: string;
  memory: Size;
  swap: Size;
  way: string;
}
interface Arguments {
  readArguments(words: string[]): Options;
  queueOf(options: Options): Job[];
}
const { readArguments, queueOf }: Arguments = await import(String(new URL('../../../bench/oom/arguments.mjs', import.meta.url)));

describe('the words of the benchmark of kills', () => {
  it('are the issue’s ten runs at 1G without and with swap when there are none', () => {
    expect(readArguments([])).toEqual({
      geths: ['1.16.9'],
      memories: [{ word: '1G', bytes: 2 ** 30 }],
      swaps: [
        { word: '0', bytes: 0 },
        { word: '1G', bytes: 2 ** 30 },
      ],
      ...{ ways: ['plain', 'nodectl'], runs: 10, seconds: 200, parallel: 2, output: 'text' },
    });
  });

  it('name several versions and sizes', () => {
    const { geths, memories, swaps } = readArguments(['--geth', '1.13.15,1.17.8', '--memory', '512M, 4G', '--swap', '2G']);
    expect(geths).toEqual(['1.13.15', '1.17.8']);
    expect(memories.map(({ bytes }) => bytes)).toEqual([2 ** 29, 2 ** 32]);
    expect(swaps).toEqual([{ word: '2G', bytes: 2 ** 31 }]);
  });

  it('choose one way and one output', () => {
    expect(readArguments(['--plain-only', '--json'])).toMatchObject({ ways: ['plain'], output: 'json' });
    expect(readArguments(['--nodectl-only', '--markdown'])).toMatchObject({ ways: ['nodectl'], output: 'markdown' });
  });

  it.each([
    ['--plain-only', '--nodectl-only'],
    ['--json', '--markdown'],
    ['--geth', 'latest'],
    ['--geth', '1.16.9,'],
    ['--memory', '0'],
    ['--memory', '1.5G'],
    ['--swap', '-1'],
    ['--runs', '0'],
    ['--seconds', '1e3'],
    ['--parallel', 'two'],
    ['--rounds', '3'],
    ['1.16.9'],
  ])('are refused when they mean nothing: %s %s', (...words) => {
    expect(() => readArguments(words)).toThrow();
  });
});

describe('the queue of runs', () => {
  it('lets every configuration have its turn before any has its second', () => {
    const queue = queueOf(readArguments(['--runs', '2', '--swap', '0,1G']));
    expect(queue.map(({ run, swap, way }) => `${run} ${swap.word} ${way}`)).toEqual(
      [0, 1].flatMap((run) => ['0', '1G'].flatMap((swap) => ['plain', 'nodectl'].map((way) => `${run} ${swap} ${way}`))),
    );
  });

  it('covers each version with each size', () => {
    const queue = queueOf(readArguments(['--geth', '1.13.15,1.17.8', '--memory', '1G,2G', '--runs', '3']));
    expect(queue).toHaveLength(2 * 2 * 2 * 2 * 3);
    expect(new Set(queue.map((job) => JSON.stringify(job))).size).toBe(queue.length);
  });
});
