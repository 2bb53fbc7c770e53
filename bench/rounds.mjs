import { spawnSync } from 'node:child_process';

/** Both sides run without it: where it is set, Node 20 reads the file at every start (36 ms) and all ratios look flattering. */
export const ENV = { ...process.env, NODE_EXTRA_CA_CERTS: undefined };

/** Runs one command to its end, output through pipes as scripts do; milliseconds of wall clock. Another exit code than those expected is an error. */
export function time(command, args, expected = [0]) {
  const begin = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(command, args, { env: ENV, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const milliseconds = Number(process.hrtime.bigint() - begin) / 1e6;
  if (error || !expected.includes(status)) throw new Error(`${command} ${args.join(' ')} ended with ${status ?? error}: ${stderr}`);
  return milliseconds;
}

/** Medians of the cases (name → function that gives ms), interleaved A B C … A B C …, after two rounds that do not count. */
export async function medians(cases, rounds, warmUps = 2) {
  const samples = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
  for (let round = -warmUps; round < rounds; round++) {
    for (const [name, measure] of Object.entries(cases)) {
      const milliseconds = await measure();
      if (round >= 0) samples[name].push(milliseconds);
    }
  }
  return Object.fromEntries(Object.entries(samples).map(([name, values]) => [name, median(values)]));
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
