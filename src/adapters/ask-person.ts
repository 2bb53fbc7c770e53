import { createInterface } from 'node:readline';

/** Asks one question on standard error and gives the line typed; '' when standard input ends or `signal` aborts. */
export function askPerson(question: string, signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    let answer = '';
    const end = () => lines.close();
    signal.addEventListener('abort', end, { once: true });
    // readline takes the terminal's Ctrl-C for itself; hand it back to the process.
    lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    lines.on('close', () => {
      signal.removeEventListener('abort', end);
      process.stdin.unref?.();
      resolve(answer);
    });
    lines.question(question, (text) => {
      answer = text;
      lines.close();
    });
  });
}
