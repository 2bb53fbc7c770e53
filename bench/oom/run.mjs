// npm run bench:oom [-- --runs 10 …]: who is killed by the memory limit, `docker run -m` with geth as it comes or `nodectl up`.
import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { queueOf, readArguments, USAGE } from './arguments.mjs';
import { copyOfNodectl } from './nodectl-copy.mjs';
import { oneRun } from './one-run.mjs';
import { summarize } from './summary.mjs';
import { bytesOf, provideSwap } from './swap-file.mjs';
import { markdown, runLine, text } from './tell.mjs';

const say = (line) => process.stderr.write(`${line}\n`);
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    if (!stop.signal.aborted) say(`${signal}: taking down what runs, this takes some seconds`);
    stop.abort();
  });

function asked() {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    say(`${error.message}\n${USAGE}`);
    return process.exit(2);
  }
}

/** Memory that the host itself lacks would kill for another reason than the one measured. */
function checkHost({ memories, parallel }) {
  const needed = parallel * Math.max(...memories.map(({ bytes }) => bytes));
  const available = bytesOf('MemAvailable', readFileSync('/proc/meminfo', 'utf8'));
  if (needed > available) throw new Error('The host has less memory available than --parallel nodes may take.');
}

async function measure(options, runs) {
  checkHost(options);
  const copy = await copyOfNodectl();
  let removeSwap = async () => {};
  try {
    const images = {};
    for (const geth of options.geths) {
      say(`providing geth ${geth} (the first time this builds it)`);
      images[geth] = JSON.parse(await copy.nodectl('image', 'build', '--geth-version', geth, '--json')).image;
    }
    removeSwap = await provideSwap(options.parallel * Math.max(...options.swaps.map(({ bytes }) => bytes)), copy.path);
    const queue = queueOf(options);
    say(`${queue.length} runs of at most ${options.seconds} s, ${options.parallel} at a time`);
    let taken = 0;
    const work = async () => {
      while (taken < queue.length && !stop.signal.aborted) {
        const number = ++taken;
        const name = `bench-oom-${process.pid}-${number}`;
        const job = queue[number - 1];
        const means = { name, image: images[job.geth], nodectl: copy.nodectl, seconds: options.seconds, stopped: stop.signal };
        const result = await oneRun(job, means);
        if (stop.signal.aborted) return;
        runs.push({ number, ...result });
        say(runLine(result));
      }
    };
    await Promise.all(Array.from({ length: options.parallel }, work));
  } finally {
    await removeSwap();
    copy.remove();
  }
}

function print(options, runs, conditions) {
  // Runs side by side do not end in the order in which they began.
  runs.sort((one, other) => one.number - other.number);
  const summaries = summarize(runs);
  if (options.output === 'json') return `${JSON.stringify({ conditions, summaries, runs }, undefined, 2)}\n`;
  const table = `${markdown(summaries)}\n`;
  if (options.output === 'markdown') return table;
  return `${text(summaries)}\n\n${table}\n${conditions.join('\n')}\n`;
}

const options = asked();
const runs = [];
const busy = loadavg()[0];
const conditions = [`${options.seconds} s a run, ${options.parallel} at a time, --cpus 1 each, on ${availableParallelism()} CPUs`];
if (busy > availableParallelism() / 2)
  conditions.push(`the machine was busy at the start (load ${busy.toFixed(1)}): measure again when it is quiet`);
try {
  await measure(options, runs);
} catch (error) {
  say(error.message);
  process.exitCode = 1;
}
// What was measured before a failure or a Ctrl-C is told all the same.
if (runs.length > 0) process.stdout.write(print(options, runs, conditions));
if (stop.signal.aborted) process.exitCode = 130;
else if (runs.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1;
