import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Asks one question on standard error and gives the line typed, which is not shown when it is hidden; '' when standard input ends or
 * `signal` aborts.
 */
export function askPerson(question: string, hidden: boolean, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    // readline alone shows what is typed: the terminal itself does not while it reads.
    const output = hidden ? new Writable({ write: (_bytes, _encoding, done) => done() }) : process.stderr;
    process.stdin.ref?.();
    const lines = createInterface({ input: process.stdin, output, historySize: 0, ...(hidden ? { terminal: true } : {}) });
    let answer = '';
    const end = () => lines.close();
    signal.addEventListener('abort', end, { once: true });
    // readline takes the terminal's Ctrl-C for itself; hand it back to the process.
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    lines.on('close', () => {
      signal.removeEventListener('abort', end);
      process.stdin.unref?.();
      if (hidden) process.stderr.write('\n');
      resolve(answer);
    });
    if (hidden) process.stderr.write(question);
    lines.question(hidden ? '' : question, (text) => {
      answer = text;
      lines.close();
    });
  });
}
