import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NODE_STATES } from '../../src/node/watch/metrics/state-words.ts';

const rows = readFileSync('docs/sync.md', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'));

test.each(NODE_STATES)('docs/sync.md says what was seen of a node that is %s', (state) => {
  expect(rows.filter((row) => row.split('|')[1]?.includes(`\`${state}\``))).toHaveLength(1);
});
