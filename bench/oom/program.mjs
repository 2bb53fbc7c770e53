import { spawn } from 'node:child_process';
import { ENV } from '../rounds.mjs';

/**
 * Runs a program to its end and gives what it printed; rejects with its own words when it fails. In a session of its own, so that
 * a Ctrl-C meets the benchmark alone, which then takes down what it began.
 */
export function program(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: ENV, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
    const out = [];
    const err = [];
    child.stdout.on('data', (part) => out.push(part));
    child.stderr.on('data', (part) => err.push(part));
    child.on('error', reject);
    child.on('close', (code) => {
      const words = Buffer.concat(err).toString().trim();
      if (code === 0) resolve(Buffer.concat(out).toString());
      else reject(new Error(`${command} ${args.slice(0, 2).join(' ')} ended with ${code}: ${words}`));
    });
  });
}
