// node bench/watch.mjs [SECONDS]: what `nodectl watch` at 1 s takes of CPU and memory, beside `docker stats` and a loop of curl, and whether it grows.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { BATCH, bringUp, equivalent, NAME, takeDown } from './bench-node.mjs';
import { ENV } from './rounds.mjs';
import { row, table } from './table.mjs';

const NODECTL = fileURLToPath(new URL('../bin/nodectl', import.meta.url));
const TICKS = Number(execFileSync('getconf', ['CLK_TCK']));
/** Programs load and compile; what they take afterwards is what they cost. */
const WARM_UP = 20;
const MINUTE = 60;

/** The same by hand: the engine's statistics, and a question to geth every second; a pause of bash is no program of its own. */
const BY_HAND = `
  docker stats "nodectl-$1" > /dev/null &
  echo $!
  exec {never}<> <(:)
  while :; do
    curl -s -f -H 'content-type: application/json' -d "$2" "$3" > /dev/null
    read -t 1 -u $never
  done
`;

/** CPU of a process and of its children that ended, in ms, and what it holds in memory, KiB. */
function use(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  const kibibytes = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  return { milliseconds: (ticks * 1000) / TICKS, kibibytes };
}

const total = (pids) =>
  pids
    .map(use)
    .reduce((one, other) => ({ milliseconds: one.milliseconds + other.milliseconds, kibibytes: one.kibibytes + other.kibibytes }));
const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000));

/** Both run at the same time for so many seconds; rows of the result. A node of the name NAME has to be there. */
export async function watching(length) {
  const words = [NODECTL, 'watch', NAME, '--json', '--interval', '1s'];
  const watch = spawn(process.execPath, words, { env: ENV, stdio: ['ignore', 'ignore', 'inherit'] });
  const url = `http://127.0.0.1:${equivalent().port}`;
  const hand = spawn('bash', ['-c', BY_HAND, 'bash', NAME, BATCH, url], { env: ENV, stdio: ['ignore', 'pipe', 'inherit'] });
  const stats = await new Promise((resolve) => hand.stdout.once('data', (text) => resolve(Number(String(text)))));
  try {
    await seconds(WARM_UP);
    const [begin, handBegin] = [use(watch.pid), total([hand.pid, stats])];
    await seconds(MINUTE);
    const minute = use(watch.pid);
    await seconds(Math.max(0, length - 2 * MINUTE));
    const late = use(watch.pid);
    await seconds(MINUTE);
    const [end, handEnd] = [use(watch.pid), total([hand.pid, stats])];
    const looks = MINUTE + Math.max(0, length - 2 * MINUTE) + MINUTE;
    const perLook = (end.milliseconds - begin.milliseconds) / looks;
    const byHand = (handEnd.milliseconds - handBegin.milliseconds) / looks;
    return [
      row('watch at 1 s, CPU for a look', perLook, 'ms'),
      row('docker stats + curl, CPU for a second', byHand, 'ms'),
      row('  watch / docker stats + curl', perLook / byHand, 'x', 1),
      row('memory of watch', end.kibibytes / 1024, 'MiB'),
      row('  watch / docker stats + bash', end.kibibytes / handEnd.kibibytes, 'x'),
      row(
        'CPU of watch, last minute / first',
        (end.milliseconds - late.milliseconds) / (minute.milliseconds - begin.milliseconds),
        'x',
        1.05,
      ),
      row('memory of watch, at the end / after the first minute', end.kibibytes / minute.kibibytes, 'x', 1.05),
    ];
  } finally {
    watch.kill('SIGTERM');
    // The CLI of docker takes SIGTERM for a word to the engine, and waits on.
    process.kill(stats, 'SIGKILL');
    hand.kill('SIGTERM');
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const failure = bringUp();
  if (failure !== undefined) throw new Error(failure);
  try {
    const length = Number(process.argv[2] ?? 300);
    process.stdout.write(`${table(await watching(length))}\n\n${length} s, both at the same time; Node ${process.versions.node}\n`);
  } finally {
    takeDown();
  }
}
