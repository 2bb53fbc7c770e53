// npm test [-- FILES]: the pure tests, then those on a real engine and, at the same time, those on a beacon chain, which mostly wait for its slots.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const VITEST = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const running = new Set();

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal);
  });
}

/** Runs one project of vitest.config.ts to its end. What it prints is passed on at once, or all together at the end. */
function run(project, { atEnd = false } = {}) {
  const words = [VITEST, 'run', '--project', project, '--passWithNoTests', ...process.argv.slice(2)];
  const child = spawn(process.execPath, words, { stdio: ['ignore', atEnd ? 'pipe' : 'inherit', atEnd ? 'pipe' : 'inherit'] });
  running.add(child);
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (bytes) => said.push(bytes));
  return new Promise((resolve) => {
    child.on('close', (code) => {
      running.delete(child);
      resolve({ failed: code !== 0, said });
    });
  });
}

const pure = await run('pure');
const [real, chain] = await Promise.all([run('real'), run('chain', { atEnd: true })]);
for (const bytes of chain.said) process.stdout.write(bytes);
for (const [name, { failed }] of Object.entries({ pure, real, chain })) {
  if (failed) process.stdout.write(`\nThe tests of the project ${name} failed.\n`);
}
process.exitCode = [pure, real, chain].some(({ failed }) => failed) ? 1 : 0;
