import { type ChildProcess, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const LAUNCHER = fileURLToPath(new URL('../../bin/nodectl', import.meta.url));

/** The evidence journals of the tests' nodes, kept apart from the machine's own. */
export const STATE = join(tmpdir(), 'nodectl-test-state');

/** How one run of the built command line ended and what it printed. */
export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly started?: (child: ChildProcess) => void;
  /** What standard input holds; left out, nothing. */
  readonly input?: string | Uint8Array;
  /** A program and its arguments that run the command line in another place (nsenter). */
  readonly through?: readonly string[];
}

/** Runs the built nodectl without a terminal, as a script would. */
export function nodectl(args: readonly string[], options: CliOptions = {}): Promise<Ran> {
  const [program = process.execPath, ...words] = [...(options.through ?? []), process.execPath, LAUNCHER, ...args];
  const env = { ...process.env, CI: 'true', XDG_STATE_HOME: STATE, ...options.env };
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'], env });
    child.stdin?.end(options.input);
    let stdout = '';
    let stderr = '';
    child.stdout?.on('data', (text: Buffer) => {
      stdout += text.toString();
    });
    child.stderr?.on('data', (text: Buffer) => {
      stderr += text.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    options.started?.(child);
  });
}

/** Runs nodectl with --json and gives its document; throws with everything it printed when the exit code is another. */
export async function nodectlJson<T>(args: readonly string[], options: CliOptions & { readonly exit?: number } = {}): Promise<T> {
  const ran = await nodectl([...args, '--json'], options);
  if (ran.code !== (options.exit ?? 0)) throw new Error(`nodectl ${args.join(' ')} → ${ran.code}\n${ran.stdout}\n${ran.stderr}`);
  return JSON.parse(ran.stdout) as T;
}
