import { spawn } from 'node:child_process';
import { ENV } from '../rounds.mjs';

/**
 * Follows the engine's events of a container. `told()` is when its process first ended (ms since 1970) and with which exit code;
 * undefined while it lives. `end()` stops following.
 */
export function firstDeath(id) {
  const since = String(Math.floor(Date.now() / 1000) - 1);
  const filters = ['--filter', `container=${id}`, '--filter', 'event=die', '--since', since];
  const events = spawn('docker', ['events', ...filters, '--format', '{{json .}}'], { env: ENV, stdio: ['ignore', 'pipe', 'ignore'] });
  let death;
  let text = '';
  events.stdout.on('data', (part) => {
    text += part;
    if (death || !text.includes('\n')) return;
    const { timeNano, Actor } = JSON.parse(text.slice(0, text.indexOf('\n')));
    death = { at: timeNano / 1e6, exitCode: Number(Actor.Attributes.exitCode) };
  });
  return { told: () => death, end: () => events.kill() };
}
