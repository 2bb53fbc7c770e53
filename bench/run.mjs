// npm run bench [-- ROUNDS]: each target of nodectl as a ratio measured within one run, and what could not be measured.
import { spawnSync } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BATCH, bareRun, bringUp, equivalent, NAME, nodectlUp, takeDown } from './bench-node.mjs';
import { diagnosing } from './diagnose.mjs';
import { readingLongLog } from './long-log.mjs';
import { statusAmongMany } from './many-status.mjs';
import { moving, movingRows, noMoving } from './moving.mjs';
import { ENV, medians, time } from './rounds.mjs';
import { scraping } from './scrape.mjs';
import { noSized, storageRows, writingSized } from './storage.mjs';
import { addingSwap, noSwap } from './swap.mjs';
import { row, table } from './table.mjs';
import { watching } from './watch.mjs';

const rounds = Number(process.argv[2] ?? 15);
const upRounds = Math.max(3, Math.round(rounds / 3));
const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const nodectl = here('bin/nodectl');
const own =
  (...words) =>
  () =>
    time(process.execPath, [nodectl, ...words]);
const node = () => time(process.execPath, ['-e', '0']);
const hasDocker = spawnSync('docker', ['version'], { stdio: 'ignore' }).status === 0;
const notes = hasDocker ? [] : ['no Docker engine answers: everything that needs one was not run'];
const busy = loadavg()[0];
if (busy > availableParallelism() / 2)
  notes.push(`the machine was busy (load ${busy.toFixed(1)} on ${availableParallelism()} CPUs): measure again when it is quiet`);
const say = (text) => process.stderr.write(`${text}\n`);

async function startUp() {
  say(`start-up: ${rounds} rounds`);
  const direct = () => time(process.execPath, [here('dist/start.cjs'), '--version']);
  const docker = hasDocker ? { docker: () => time('docker', ['version']), tab: own('__complete', 'zsh', '--', 'status', '') } : {};
  const ms = await medians({ node, version: own('--version'), help: own('--help'), direct, ...docker }, rounds);
  return [
    row('node -e 0', ms.node, 'ms'),
    row('docker version', ms.docker, 'ms'),
    row('nodectl --version / node -e 0', ms.version / ms.node, 'x', 1.15),
    row('nodectl --help / node -e 0', ms.help / ms.node, 'x', 1.4),
    row('nodectl --version / docker version', ms.docker && ms.version / ms.docker, 'x'),
    row('TAB after nodectl status', ms.tab, 'ms', 100),
    row('TAB after nodectl status / node -e 0', ms.tab && ms.tab / ms.node, 'x', 2),
    row("launcher's overhead, second start", ms.version - ms.direct, 'ms', 10),
  ];
}

async function questions(container) {
  let ms = {};
  let rss;
  if (container !== undefined) {
    say(`ls and status: ${rounds} rounds`);
    const url = `http://127.0.0.1:${container.port}`;
    const curl = () => time('curl', ['-s', '-f', '-H', 'content-type: application/json', '-d', BATCH, url]);
    const byHand =
      (...docker) =>
      () =>
        time('docker', docker) + curl();
    ms = await medians(
      { node, ls: own('ls'), status: own('status', NAME), ps: byHand('ps'), inspect: byHand('inspect', `nodectl-${NAME}`) },
      rounds,
    );
    const { stderr } = spawnSync(process.execPath, ['-r', here('bench/report-memory.cjs'), nodectl, 'status', NAME], {
      env: ENV,
      encoding: 'utf8',
    });
    rss = Number(stderr.trim().split('\n').at(-1)) / 1024;
  }
  const ratio = (a, b) => (a === undefined ? undefined : a / b);
  return [
    row('nodectl ls / node -e 0', ratio(ms.ls, ms.node), 'x', 3),
    row('nodectl status / node -e 0', ratio(ms.status, ms.node), 'x', 3),
    row('nodectl status / (docker inspect + curl)', ratio(ms.status, ms.inspect), 'x', 2),
    row('nodectl status / (docker ps + curl)', ratio(ms.status, ms.ps), 'x'),
    row('memory of status at its peak', rss, 'MiB', 56),
  ];
}

async function bringingUp(container) {
  let ms = {};
  if (container !== undefined) {
    say(`up: ${upRounds} rounds`);
    ms = await medians({ up: nodectlUp, bare: () => bareRun(container) }, upRounds, 1);
  }
  return [
    row('docker run until JSON-RPC answers', ms.bare, 'ms'),
    row('nodectl up / docker run, until JSON-RPC answers', ms.up && ms.up / ms.bare, 'x', 1.1),
  ];
}

async function doctor() {
  let ms = {};
  if (hasDocker) {
    say(`doctor: ${rounds} rounds`);
    // 3 says that a check fails on this host; it looked at as much.
    const looking = () => time(process.execPath, [nodectl, 'doctor'], [0, 3]);
    ms = await medians({ doctor: looking, info: () => time('docker', ['info']) }, rounds);
  }
  return [
    row('docker info', ms.info, 'ms'),
    row('nodectl doctor', ms.doctor, 'ms'),
    row('nodectl doctor, beyond 3 x docker info', ms.doctor && ms.doctor - 3 * ms.info, 'ms', 100),
  ];
}

async function swap() {
  const problem = noSwap();
  if (problem !== undefined) notes.push(`adding swap was not measured: ${problem}`);
  else say('adding 1.5 GB of swap: 3 rounds');
  const ms = problem === undefined ? await addingSwap(nodectl, 3) : {};
  return [
    row('dd + mkswap + swapon of 1.5 GB', ms.hand, 'ms'),
    row('nodectl host swap add / the same by hand', ms.hand && ms.nodectl / ms.hand, 'x', 1),
  ];
}

/** A gigabyte, which a node at debug fills in hours. */
async function longLog() {
  let found = { problem: 'no Docker engine answers' };
  if (hasDocker) {
    say('a log of 1 GB: 3 rounds');
    found = await readingLongLog(nodectl, here('bench/report-memory.cjs'), 1e9, 3);
  }
  const { ms, peak, shortPeak, problem } = found;
  if (hasDocker && problem !== undefined) notes.push(`a long log was not read: ${problem}`);
  return [
    row('docker logs of 1 GB', ms?.docker, 'ms'),
    row('nodectl logs / docker logs', ms && ms.text / ms.docker, 'x', 1.5),
    row('nodectl logs --json / docker logs', ms && ms.documents / ms.docker, 'x'),
    row('memory of nodectl logs at its peak', peak && peak / 1024, 'MiB', 128),
    row('the same, of 1 GB / of 100 MB', peak && peak / shortPeak, 'x', 1.1),
  ];
}

/** What a person looks at first, on a container that was killed. */
async function diagnosis() {
  let found = { problem: 'no Docker engine answers' };
  if (hasDocker) {
    say('diagnosing a container with a log of 1 GB: 5 rounds');
    found = await diagnosing(nodectl, here('bench/report-memory.cjs'), 1e9, 5);
  }
  const { ms, peak, shortPeak, problem } = found;
  if (hasDocker && problem !== undefined) notes.push(`diagnose was not measured: ${problem}`);
  return [
    row('docker logs --tail 1000 + docker inspect, 1 GB', ms?.docker, 'ms'),
    row('nodectl diagnose, 1 GB', ms?.nodectl, 'ms', 1500),
    row('nodectl diagnose / (docker logs + inspect)', ms && ms.nodectl / ms.docker, 'x'),
    row('memory of nodectl diagnose at its peak', peak && peak / 1024, 'MiB', 128),
    row('the same, of 1 GB / of 100 MB', peak && peak / shortPeak, 'x', 1.1),
  ];
}

/** A chain volume of its own size, and chains on their way. */
async function storage() {
  const problems = [hasDocker ? noSized() : 'no Docker engine answers', hasDocker ? noMoving() : 'no Docker engine answers'];
  const [unsized, unmoved] = problems;
  if (unsized === undefined) say('writing to a volume with a size: 5 rounds');
  else if (hasDocker) notes.push(`writing to a volume with a size was not measured: ${unsized}`);
  const written = unsized === undefined ? await writingSized(nodectl, 5) : undefined;
  if (unmoved === undefined) say('moving a chain of 1 GiB: 3 rounds');
  else if (hasDocker) notes.push(`moving a chain was not measured: ${unmoved}`);
  const moved = unmoved === undefined ? await moving(nodectl, 1024, 3) : undefined;
  return [...storageRows(written), ...movingRows(moved)];
}

const rows = [
  ...(await startUp()),
  ...(await doctor()),
  ...(await swap()),
  ...(await longLog()),
  ...(await diagnosis()),
  ...(await storage()),
];
let container;
if (hasDocker) {
  say('bringing a node up (the first time this builds or pulls an image)');
  const failure = bringUp();
  if (failure === undefined) container = equivalent();
  else notes.push(`no node could be brought up, so nothing that needs one was run: ${failure}`);
}
try {
  rows.push(...(await questions(container)));
  if (container !== undefined) {
    say(`status among 1, 10 and 100 nodes: ${rounds} rounds`);
    rows.push(...(await statusAmongMany(rounds)));
    say('metrics of 1, 10 and 100 nodes: 300 scrapes each');
    rows.push(...(await scraping(300)));
    say('watching for three minutes');
    rows.push(...(await watching(180)));
  }
  takeDown();
  rows.push(...(await bringingUp(container)));
} finally {
  if (hasDocker) takeDown();
}
const counts = `medians of ${rounds} interleaved rounds, ${upRounds} for up`;
process.stdout.write(`${table(rows)}\n\n${counts}; Node ${process.versions.node}; NODE_EXTRA_CA_CERTS unset\n`);
for (const note of notes) process.stdout.write(`${note}\n`);
