import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';

/** A running program of the network. */
export interface Part {
  /** `geth`, `beacon-chain-2`…: how it is told apart. */
  readonly name: string;
  readonly pid: number;
  /** Everything it says. */
  readonly log: string;
  /** Resolves when it has ended, however it did. */
  readonly ended: Promise<Ending>;
  /** SIGTERM, and SIGKILL where that is not enough; resolves when it has ended. */
  stop(): Promise<Ending>;
}

export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** False when nobody asked it to. */
  readonly asked: boolean;
}

const PATIENCE = 20_000;
/** Of util-linux: tells the kernel to end the program when the harness ends without a chance to, by SIGKILL for one. */
const SETPRIV = '/usr/bin/setpriv';

/** Starts a program in a process group of its own, so that a terminal's Ctrl-C reaches the harness alone and the order of the end is its. */
export async function startPart(name: string, program: string, args: readonly string[], log: string): Promise<Part> {
  const words = existsSync(SETPRIV) ? [SETPRIV, '--pdeathsig', 'TERM', program, ...args] : [program, ...args];
  const output = openSync(log, 'a');
  const child = spawn(words[0] ?? program, words.slice(1), { detached: true, stdio: ['ignore', output, output] });
  closeSync(output);
  let asked = false;
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal, asked }));
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return {
    name,
    pid: child.pid ?? 0,
    log,
    ended,
    stop() {
      asked = true;
      return end(child, ended);
    },
  };
}

async function end(child: ChildProcess, ended: Promise<Ending>): Promise<Ending> {
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  try {
    return await ended;
  } finally {
    clearTimeout(impatience);
  }
}

/** Why a part's end is the network's, in words, with the last things it said. */
export function deathNotice(part: Part, { code, signal }: Ending): string {
  const words = readFileSync(part.log, 'utf8').trimEnd().split('\n').slice(-8);
  return `${part.name} ended by itself with ${signal ?? `exit code ${code}`}; its last words:\n${words.map((line) => `  ${line}`).join('\n')}`;
}
