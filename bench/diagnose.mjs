import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { docker } from './docker.mjs';
import { fill } from './long-log.mjs';
import { ENV, medians, time } from './rounds.mjs';

const CONTAINER = `bench-diagnose-${process.pid}`;
/** kill.engine: it is `docker kill` that ends it. */
const VERDICT = 22;

/**
 * Medians in ms of `nodectl diagnose` on a container that was killed and left a log of so many bytes, and of what a person types instead:
 * `docker logs --tail 1000` and `docker inspect`. nodectl's peak of memory in KiB too, also for a tenth of the log. What stood in the way in `problem`.
 */
export async function diagnosing(nodectl, reporter, bytes, rounds) {
  const image = docker('image', 'ls', '-q', 'nodectl/geth').split('\n')[0];
  if (!image) return { problem: 'no image nodectl/geth' };
  try {
    docker('run', '-d', '--name', CONTAINER, '--log-driver', 'json-file', '--network', 'none', image, '--dev', '--datadir', '/tmp/geth');
    docker('kill', CONTAINER);
    const [path, began, ended] = docker('inspect', '-f', '{{.LogPath}} {{.State.StartedAt}} {{.State.FinishedAt}}', CONTAINER).split(' ');
    accessSync(path, constants.W_OK);
    const run = { from: Date.parse(began), to: Date.parse(ended) };
    const words = [nodectl, 'diagnose', '--container', CONTAINER];
    const peak = () => {
      const { stderr } = spawnSync(process.execPath, ['-r', reporter, ...words], { env: ENV, encoding: 'utf8' });
      return Number(stderr.trim().split('\n').at(-1));
    };
    fill(path, bytes / 10, run);
    const shortPeak = peak();
    fill(path, bytes, run);
    const cases = {
      docker: () => time('docker', ['logs', '--tail', '1000', CONTAINER]) + time('docker', ['inspect', CONTAINER]),
      nodectl: () => time(process.execPath, words, [VERDICT]),
    };
    return { ms: await medians(cases, rounds, 1), peak: peak(), shortPeak };
  } catch (error) {
    return { problem: error.message };
  } finally {
    spawnSync('docker', ['rm', '-f', CONTAINER], { env: ENV, stdio: 'ignore' });
  }
}
