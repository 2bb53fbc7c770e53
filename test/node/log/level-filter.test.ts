import { describe, expect, test } from 'vitest';
import { levelFilter } from '../../../src/node/log/level-filter.ts';
import type { LogLevel } from '../../../src/node/log/log-level.ts';
import type { LogLine } from '../../../src/ports/engine.ts';

const line = (text: string, stream: LogLine['stream'] = 'stderr'): LogLine => ({ stream, time: '', text });

const at = (word: string, text: string) => line(`${word.padEnd(5)}[11-21|12:00:00.000] ${text}`);
const STORY = [
  line('a banner'),
  at('INFO', 'begun'),
  line('its second line'),
  at('WARN', 'careful'),
  line('why'),
  line('INFO  - not of this log', 'stdout'),
  at('DEBUG', 'detail'),
  at('ERROR', 'wrong'),
  line('panic: boom'),
  line(''),
  line('goroutine 1 [running]:'),
  line('main.main()'),
];
const kept = (level: LogLevel | undefined) => STORY.filter(levelFilter(level)).map(({ text }) => text.replace(/^.*\] /, ''));
const STACK = ['panic: boom', '', 'goroutine 1 [running]:', 'main.main()'];

describe('a level', () => {
  test('left out keeps every line', () => expect(kept(undefined)).toHaveLength(STORY.length));
  test('keeps what is as grave, what is graver, and the lines that belong to it', () => {
    expect(kept('warn')).toEqual(['careful', 'why', 'wrong', ...STACK]);
    expect(kept('info')).toEqual(['begun', 'its second line', 'careful', 'why', 'wrong', ...STACK]);
    expect(kept('error')).toEqual(['wrong', ...STACK]);
    expect(kept('crit')).toEqual(STACK);
    expect(kept('trace')).toEqual(
      STORY.filter(({ text, stream }) => text !== 'a banner' && stream === 'stderr').map(({ text }) => text.replace(/^.*\] /, '')),
    );
  });
});
