import { describe, expect, it } from 'vitest';
import { withinDeadline } from '../../src/actions/within-deadline.ts';
import { systemClock } from '../../src/adapters/system-clock.ts';

const clock = systemClock();
const NEVER = new Promise<never>(() => {});
const FAR = () => clock.now() + 60_000;

describe('work with a deadline', () => {
  it('gives its value in time, or its error', async () => {
    expect(await withinDeadline(Promise.resolve(7), FAR(), clock)).toEqual({ value: 7 });
    await expect(withinDeadline(Promise.reject(new Error('it failed')), FAR(), clock)).rejects.toThrow('it failed');
  });

  it('is late at the deadline, also at one that is over', async () => {
    expect(await withinDeadline(NEVER, clock.now() + 5, clock)).toBe('late');
    expect(await withinDeadline(NEVER, clock.now() - 5, clock)).toBe('late');
  });

  it('is given up as soon as nobody waits any more, or nobody did', async () => {
    const leaving = new AbortController();
    const waited = withinDeadline(NEVER, FAR(), clock, leaving.signal);
    leaving.abort();
    expect(await waited).toBe('late');
    expect(await withinDeadline(NEVER, FAR(), clock, leaving.signal)).toBe('late');
  });
});
