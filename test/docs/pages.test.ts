import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitCodeTable } from '../../scripts/reference/exit-codes.ts';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { findEntry } from '../../src/cli/find-entry.ts';
import { memorySettings } from '../../src/node/geth-rules/memory-rules.ts';
import { formatSize, MIB, parseSize } from '../../src/node/size.ts';

const pages = [
  ...['README.md', 'CHANGELOG.md'],
  ...readdirSync('docs', { recursive: true, encoding: 'utf8' }).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('links only to files that exist', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
      .map((match) => match[1] as string)
      .filter((link) => !link.includes('://'));
    expect(links.filter((link) => !existsSync(normalize(join(dirname(page), link))))).toEqual([]);
  });

  it('names only files that exist', () => {
    const names = [...text.matchAll(/`((?:src|test|scripts|docs|bin|profiles|bench)\/[\w./-]*)`/g)].map((match) => match[1] as string);
    expect(names.filter((name) => !existsSync(name))).toEqual([]);
  });

  it('shows only commands and options that exist', async () => {
    const fenced = [...text.matchAll(/^```\w*\n([\s\S]*?)^```$/gm)].flatMap((match) => (match[1] as string).split('\n'));
    const inline = [...text.matchAll(/`(nodectl [^`\n]+)`/g)].map((match) => match[1] as string);
    const lines = [...fenced, ...inline].flatMap((line) => /^(?:\$ )?(?:\.\/bin\/)?nodectl ([a-z].*)$/.exec(line)?.[1] ?? []);
    for (const line of lines) {
      const words = line.split(' -- ')[0]?.split(/\s+/) ?? [];
      const entry = findEntry(words, COMMANDS);
      expect(entry, line).toBeDefined();
      const { options } = (await entry?.load()) ?? { options: [] };
      const known = ['--json', '--help', ...options.flatMap(({ flags }) => flags.match(/--[a-z-]+/g) ?? [])];
      const used = words.filter((word) => /^--[a-z]/.test(word)).map((word) => word.split('=')[0] as string);
      expect(
        used.filter((option) => !known.includes(option)),
        line,
      ).toEqual([]);
    }
  });
});

describe('README.md', () => {
  it('has the exit codes of the reference', () => {
    expect(readFileSync('README.md', 'utf8')).toContain(exitCodeTable());
  });
});

describe('docs/limits.md', () => {
  it('computes the same cache and heap as the code', () => {
    const rows = [...readFileSync('docs/limits.md', 'utf8').matchAll(/^\| (\d+ [MG]iB) \| (\d+) \| (\d+) MiB \|$/gm)];
    expect(rows.length).toBeGreaterThan(3);
    for (const [, memory = '', cache, heap] of rows) {
      const settings = memorySettings('1.17.8', parseSize(memory, 'memory'));
      expect([formatSize(parseSize(memory, 'memory')), settings.cacheMib, settings.heapMib]).toEqual([memory, Number(cache), Number(heap)]);
    }
    expect(memorySettings('1.16.9', 1024 * MIB).heapBy).toBe('GOMEMLIMIT');
  });
});
