import { LAST_RESORTS, RULES } from '../../src/diagnosis/rules/index.ts';
import { VERDICT_CLASSES } from '../../src/diagnosis/verdict-classes.ts';
import { markdownTable } from './markdown-table.ts';

/** docs/reference/verdicts.md, from the table of rules. */
export function verdictsPage(): string {
  const rules = [...RULES, ...LAST_RESORTS].map((rule, order) => ({ ...rule, order }));
  const rows = rules
    .sort((a, b) => a.code - b.code || a.order - b.order)
    .map(({ id, code, finds }) => [code, `\`${id}\``, finds, VERDICT_CLASSES[code].title]);
  return [
    '# Verdicts of `diagnose`',
    '',
    'The exit code of `diagnose` is the class of its first verdict. How sure one is stands beside it: `certain` is proved by evidence of its',
    'own, `likely` is the best explanation of what was seen, `possible` is one of several. Evidence that could not be read makes a verdict less',
    'sure, and is named. Of equally sure ones a first cause comes before its effects.',
    '',
    ...markdownTable(['exit', 'verdict', 'what it finds', 'class'], rows),
    '',
  ].join('\n');
}
