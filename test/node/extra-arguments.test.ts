import { describe, expect, test } from 'vitest';
import { checkExtraArguments } from '../../src/node/extra-arguments.ts';
import { errorOf } from '../error-code.ts';

describe('words for geth that make it another program', () => {
  test.each([
    [['removedb']],
    [['--nodiscover', 'removedb']],
    [['--verbosity', '4', 'console']],
    [['--verbosity=4', 'attach']],
    [['anything']],
    [['--verbosity', '4', '5']],
  ])('are refused: %j', (words) => {
    expect(errorOf(() => checkExtraArguments(words)).code).toBe('USAGE');
  });

  test.each([[['--verbosity', '4']], [['--verbosity=4', '--nodiscover']], [['--dev.period', '2', '--txpool.nolocals']]])(
    'are not mistaken for flags with values: %j',
    (words) => {
      expect(checkExtraArguments(words)).toEqual(words);
    },
  );
});
