import { describe, expect, it } from 'vitest';

interface Summary {
  killed: number;
  runs: number;
  counts: Record<string, number>;
  secondsToKill?: { median: number; least: number; most: number };
  [name: string]: unknown;
}
interface Modules {
  quantile(values: number[], q: number): number | undefined;
  summarize(runs: object[]): Summary[];
  markdown(summaries: Summary[]): string;
  text(summaries: Summary[]): string;
}
const load = (name: string) => import(String(new URL(`../../../bench/oom/${name}.mjs`, import.meta.url)));
const { quantile, summarize, markdown, text }: Modules = Object.assign({}, ...(await Promise.all(['summary', 'tell'].map(load))));

const of = (way: string, outcome: string, rest: object = {}) => ({ geth: '1.16.9', memory: '1G', swap: '0', way, outcome, ...rest });

describe('a quantile', () => {
  it('is one of the values', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(quantile(values, 0.5)).toBe(50);
    expect(quantile(values, 0.99)).toBe(99);
    expect(quantile([7], 0.99)).toBe(7);
    expect(quantile([], 0.5)).toBeUndefined();
  });
});

describe('the summary', () => {
  const runs = [
    of('plain', 'killed', { secondsToEnd: 30, done: 10, perMinute: 20, rss: 5 }),
    of('nodectl', 'alive', { done: 40, perMinute: 30, rss: 4 }),
    of('plain', 'killed', { secondsToEnd: 90, done: 20, perMinute: 10, rss: 9 }),
    of('nodectl', 'silent', { done: 50, perMinute: 40, rss: 6 }),
    of('plain', 'killed', { secondsToEnd: 40, done: 90, perMinute: 60, rss: 7 }),
    of('nodectl', 'failed', { reason: 'no port' }),
  ];

  it('keeps the ways apart, with medians of the work and the highest memory', () => {
    const [plain, nodectl] = summarize(runs);
    expect(plain).toMatchObject({ way: 'plain', killed: 3, runs: 3, done: 20, perMinute: 20, rss: 9 });
    expect(plain?.secondsToKill).toEqual({ median: 40, least: 30, most: 90 });
    expect(nodectl).toMatchObject({ way: 'nodectl', killed: 0, runs: 3, done: 45, perMinute: 35, rss: 6 });
    expect(nodectl?.secondsToKill).toBeUndefined();
  });

  it('hides no run that neither lived nor was killed', () => {
    const [, nodectl] = summarize(runs);
    expect(nodectl?.counts).toEqual({ alive: 1, silent: 1, failed: 1 });
    for (const told of [markdown(summarize(runs)), text(summarize(runs))]) expect(told).toMatch(/1 silent, 1 failed/);
  });

  it('is a Markdown table of equally long rows', () => {
    const lines = markdown(summarize(runs)).split('\n');
    expect(lines).toHaveLength(4);
    expect(new Set(lines.map((line) => line.split('|').length)).size).toBe(1);
    expect(lines[2]).toMatch(/3 of 3 \| 40 \(30 to 90\)/);
  });

  it('is made of failed runs alone too', () => {
    const [one] = summarize([of('plain', 'failed', { reason: 'no image' })]);
    expect(one).toMatchObject({ killed: 0, runs: 1, counts: { failed: 1 }, done: undefined });
  });
});
