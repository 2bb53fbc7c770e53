import { execFile } from 'node:child_process';

/** What a program that ends by itself says on standard output; an Error with its last words when it fails or takes over a minute. */
export function runOnce(program: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...args], { signal, timeout: 60_000, maxBuffer: 64 * 2 ** 20 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (signal.aborted) reject(signal.reason);
      else reject(new Error(`${program} ${args.join(' ')}: ${stderr.trim().split('\n').slice(-5).join('\n') || error.message}`));
    });
  });
}
