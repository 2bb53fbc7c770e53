import { spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, writeSync } from 'node:fs';
import { docker } from './docker.mjs';
import { ENV, medians } from './rounds.mjs';

const NAME = `bench-log-${process.pid}`;
const CONTAINER = `nodectl-${NAME}`;
/** As geth 1.17 writes it for every block. */
const LINE =
  'INFO [11-21|12:44:51.971] Imported new potential chain segment     number=23,456,789 hash=cc4733..d79159 blocks=1 txs=187 mgas=21.336 elapsed=143.221ms mgasps=148.972 triedirty=210.55MiB\n';

/**
 * Medians in ms of reading a log of so many bytes with `docker logs` and with nodectl, and nodectl's peak of memory in KiB, also for a
 * tenth of the log. What the engine keeps for a container that has ended is replaced by a log of that length. What stood in the way in `problem`.
 */
export async function readingLongLog(nodectl, reporter, bytes, rounds) {
  const image = docker('image', 'ls', '-q', 'nodectl/geth').split('\n')[0];
  if (!image) return { problem: 'no image nodectl/geth' };
  try {
    docker(
      'run',
      '--name',
      CONTAINER,
      '--label',
      `nodectl.node=${NAME}`,
      '--log-driver',
      'json-file',
      '--network',
      'none',
      image,
      'version',
    );
    const path = docker('inspect', '-f', '{{.LogPath}}', CONTAINER);
    accessSync(path, constants.W_OK);
    const peak = () => Number(read(process.execPath, ['-r', reporter, nodectl, 'logs', NAME]).stderr.trim().split('\n').at(-1));
    fill(path, bytes / 10);
    const shortPeak = peak();
    fill(path, bytes);
    const cases = {
      docker: () => read('docker', ['logs', CONTAINER]).milliseconds,
      text: () => read(nodectl, ['logs', NAME]).milliseconds,
      documents: () => read(nodectl, ['logs', NAME, '--json']).milliseconds,
    };
    return { ms: await medians(cases, rounds, 1), peak: peak(), shortPeak };
  } catch (error) {
    return { problem: error.message };
  } finally {
    spawnSync('docker', ['rm', '-f', CONTAINER], { env: ENV, stdio: 'ignore' });
  }
}

/** Output is thrown away, since a gigabyte of it would be measured with the reader. */
function read(command, words) {
  const begin = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(command, words, {
    env: ENV,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 31,
  });
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  if (error || status !== 0) throw new Error(`${command} ${words[0]}: ${error ?? stderr}`);
  return { milliseconds, stderr };
}

const BATCH = 5_000;

/**
 * Makes a file of the json-file driver, of standard output alone, since `docker logs` tells the streams apart. Its lines are a tenth of a
 * second apart, or as many as there are between two instants.
 */
export function fill(path, bytes, between) {
  const file = openSync(path, 'w');
  const batches = Math.ceil(bytes / (BATCH * LINE.length));
  const begin = between?.from ?? Date.UTC(2026, 0, 1);
  const step = between === undefined ? 100 : (between.to - between.from) / (batches * BATCH);
  for (let batch = 0; batch < batches; batch++) {
    let rows = '';
    for (let line = 0; line < BATCH; line++) {
      const time = new Date(begin + (batch * BATCH + line) * step).toISOString().replace('Z', '123456Z');
      rows += `${JSON.stringify({ log: LINE, stream: 'stdout', time })}\n`;
    }
    writeSync(file, rows);
  }
  closeSync(file);
}
