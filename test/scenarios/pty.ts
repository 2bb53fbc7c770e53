import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { LAUNCHER, STATE } from './cli.ts';

/** A run of the built command line at a real terminal. */
export interface PtyRun {
  /** All that the terminal got so far. */
  shown(): string;
  type(keys: string): void;
  /** Waits for a text after what was waited for before. */
  see(text: string): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  /** The process id of nodectl itself. */
  pid(): number;
  /** How it ended, and what `stty -a` said before and after. */
  ended(): Promise<{ readonly code: number; readonly before: string; readonly after: string }>;
}

/** Runs nodectl in a terminal of 100 columns by 30 rows, as a person would. */
export function nodectlAtTerminal(args: readonly string[]): PtyRun {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-pty-'));
  const file = (name: string) => join(folder, name);
  const line = [
    `stty rows 30 columns 100; stty -a > ${file('before')}; echo $$ > ${file('shell')}; tty > ${file('tty')}`,
    `${process.execPath} ${LAUNCHER} ${args.map((word) => `'${word}'`).join(' ')}`,
    `echo $? > ${file('code')}; stty -a > ${file('after')}`,
  ].join('; ');
  const env: NodeJS.ProcessEnv = { ...process.env, XDG_STATE_HOME: STATE, TERM: 'xterm-256color', SHELL: '/bin/sh' };
  delete env.CI;
  const child = spawn('script', ['-qec', line, '/dev/null'], { stdio: ['pipe', 'pipe', 'ignore'], env });
  const read = (name: string) => readFileSync(file(name), 'utf8').trim();
  let shown = '';
  let seen = 0;
  child.stdout.on('data', (chunk: Buffer) => {
    shown += chunk.toString();
  });
  const closed = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    shown: () => shown,
    type: (keys) => void child.stdin.write(keys),
    async see(text) {
      await expect.poll(() => shown.slice(seen), { timeout: 20_000 }).toContain(text);
      seen = shown.indexOf(text, seen) + text.length;
    },
    resize: async (columns, rows) => {
      const stty = spawn('stty', ['-F', read('tty'), 'columns', String(columns), 'rows', String(rows)]);
      await new Promise((resolve) => stty.on('close', resolve));
    },
    pid: () =>
      Number(
        readFileSync(`/proc/${read('shell')}/task/${read('shell')}/children`, 'utf8')
          .trim()
          .split(' ')[0],
      ),
    async ended() {
      await closed;
      const end = { code: Number(read('code')), before: read('before'), after: read('after') };
      rmSync(folder, { recursive: true });
      return end;
    },
  };
}
