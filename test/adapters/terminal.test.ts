import { describe, expect, it } from 'vitest';
import { terminal } from '../../src/adapters/terminal.ts';
import { errorOfPromise } from '../error-code.ts';

function subject(lively: boolean, answer?: string) {
  const written: string[] = [];
  const clock = { at: 0, now: () => clock.at };
  const ask = answer === undefined ? undefined : async () => answer;
  return { written, clock, console: terminal({ write: (text) => written.push(text), lively, columns: 60, clock, ask }) };
}
const pulling = (done: number) => ({ what: 'pull', done: done * 2 ** 20, total: 100 * 2 ** 20, unit: 'bytes' as const });

describe('the terminal', () => {
  it('keeps progress on one line of a terminal, and clears it at the end', () => {
    const { written, clock, console } = subject(true);
    console.progress(pulling(1));
    clock.at = 100;
    console.progress(pulling(50));
    console.progress(undefined);
    expect(written.join('')).not.toContain('\n');
    expect(written.at(-1)).toBe('\r\u001b[2K');
    expect(written[1]).toMatch(/\[=+ +\] 50%/);
  });

  it('never writes a line wider than the terminal', () => {
    const { written, console } = subject(true);
    console.progress({ ...pulling(3), what: 'x'.repeat(200) });
    expect(written[0]?.replace('\r\u001b[2K', '').length).toBeLessThan(60);
  });

  it('writes sparse plain lines into a log', () => {
    const { written, clock, console } = subject(false);
    for (let percent = 0; percent <= 100; percent++) {
      clock.at = percent * 200;
      console.progress(pulling(percent));
    }
    console.progress(undefined);
    expect(written).toEqual([
      'pull: 0% 0.0 MiB of 100.0 MiB\n',
      'pull: 50% 50.0 MiB of 100.0 MiB\n',
      'pull: 100% 100.0 MiB of 100.0 MiB\n',
    ]);
  });

  it('puts a notice above the progress line', () => {
    const { written, console } = subject(true);
    console.progress(pulling(1));
    console.notice('said');
    expect(written.slice(1)).toEqual(['\r\u001b[2K', 'said\n', written[0]?.replace('\r\u001b[2K', '')]);
  });

  it('takes only a clear yes for a yes', async () => {
    const answers = ['y', 'YES', ' yes ', '', 'n', 'yesterday'];
    expect(await Promise.all(answers.map((answer) => subject(true, answer).console.confirm('Sure?', '--yes')))).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  it('refuses to ask where nobody can answer', async () => {
    expect((await errorOfPromise(subject(false).console.confirm('Sure?', '--yes'))).code).toBe('CONFIRMATION_REQUIRED');
    expect((await errorOfPromise(subject(false).console.secret('Password:', '--password-file'))).code).toBe('USAGE');
  });

  it('asks for a secret unseen, for anything else in the open', async () => {
    const hidden: boolean[] = [];
    const ask = async (_: string, unseen: boolean) => {
      hidden.push(unseen);
      return ' y ';
    };
    const console = terminal({ write: () => {}, lively: true, columns: 60, clock: { now: () => 0 }, ask });
    expect(await console.secret('Password:', '--password-file')).toBe(' y ');
    await console.confirm('Sure?', '--yes');
    expect(hidden).toEqual([true, false]);
  });
});
