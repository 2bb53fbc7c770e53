import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LAST_RESORTS, RULES } from '../../../src/diagnosis/rules/index.ts';
import { VERDICT_CLASSES } from '../../../src/diagnosis/verdict-classes.ts';
import { CAUSES } from '../causes.ts';

const ALL = [...RULES, ...LAST_RESORTS];
const fileOf = (id: string) => `${id.replaceAll('.', '-')}.ts`;

describe('the table of rules', () => {
  test('has every file of its folder, each under the name of its rule', () => {
    const files = readdirSync(new URL('../../../src/diagnosis/rules', import.meta.url)).filter((name) => name !== 'index.ts');
    expect(ALL.map(({ id }) => fileOf(id)).sort()).toEqual(files.sort());
  });

  test('has each id once, and a class that is told', () => {
    expect(new Set(ALL.map(({ id }) => id)).size).toBe(ALL.length);
    for (const { code } of ALL) expect(VERDICT_CLASSES[code]).toBeDefined();
  });

  test('has no rule without a case that it decides', () => {
    const decided = new Set(CAUSES.map(({ id }) => id));
    expect(ALL.map(({ id }) => id).filter((id) => !decided.has(id))).toEqual([]);
  });
});
