import { check } from '../check.ts';
import { followsPublicChain } from '../disk/demand.ts';
import { engineFacts } from '../engine-sight.ts';
import { calm, harm } from '../judgement.ts';

/** Milliseconds of the slowest but one in twenty. */
const FAST = 5;
const BEARABLE = 20;
const LEAST_WRITES = 3;

export const diskLatency = check({
  id: 'disk.latency',
  question: 'how long does the disk take to keep a write',
  looksAt: 'host',
  async probe({ engine, syncTimes }) {
    const path = engineFacts(engine)?.rootDir || '/var/lib/docker';
    return { path, times: await syncTimes(path) };
  },
  judge({ path, times }, subject) {
    const source = `4 KiB writes with fdatasync in ${path}`;
    if (times === undefined || times.length < LEAST_WRITES) {
      const read = [{ source, value: times === undefined ? 'denied' : `${times.length} writes` }];
      const meaning =
        times === undefined ? 'The disk could not be tried: that needs root.' : 'The disk was too slow for a judgement in time.';
      return calm('unknown', meaning, read);
    }
    const sorted = [...times].sort((a, b) => a - b);
    const slow = sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
    const usual = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const shown = `${slow < 10 ? Math.round(slow * 10) / 10 : Math.round(slow)} ms`;
    const read = [{ source, value: `p95 ${shown}, median ${Math.round(usual * 10) / 10} ms of ${times.length}` }];
    if (slow < FAST) return calm('ok', `A write is kept within ${shown}.`, read);
    const meaning = `A write takes ${shown} to be kept:`;
    const faster = { text: 'Put the chain on an SSD or NVMe, or find what else uses this disk.', commands: ['iostat -x 1'] };
    // A few slow ones among fast ones are another program's load, not the disk.
    if (slow <= BEARABLE || usual < FAST || !followsPublicChain(subject)) {
      return harm('warn', `${meaning} a public chain is synced slowly on such a disk.`, read, faster);
    }
    return harm('fail', `${meaning} too slow to keep pace with a public chain.`, read, faster);
  },
});
