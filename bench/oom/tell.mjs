const MIB = 2 ** 20;
const whole = (value) => (value === undefined ? '-' : String(Math.round(value)));
const mib = (bytes) => (bytes === undefined ? '-' : whole(bytes / MIB));
const limits = ({ memory, swap }) => (swap === '0' ? `${memory}, no swap` : `${memory} + ${swap} swap`);
const WAY = { plain: 'plain `docker run`', nodectl: '`nodectl up`' };

function kill({ secondsToKill }) {
  if (secondsToKill === undefined) return '-';
  const { median, least, most } = secondsToKill;
  return `${whole(median)} (${whole(least)} to ${whole(most)})`;
}

/** Outcomes that are neither killed nor alive, which a count of kills would hide. */
function others({ counts }) {
  const words = Object.entries(counts).filter(([outcome]) => outcome !== 'killed' && outcome !== 'alive');
  return words.map(([outcome, count]) => `${count} ${outcome}`).join(', ');
}

/** One run as a line of progress. */
export function runLine({ run, geth, way, outcome, ...rest }) {
  const head = `run ${run + 1}: ${geth} ${limits(rest)}, ${way}: ${outcome}`;
  if (outcome === 'failed') return `${head}: ${rest.reason}`;
  const after = `after ${whole(rest.secondsToEnd ?? rest.seconds)} s`;
  const work = `${rest.done} transactions in ${rest.blocks} blocks`;
  const memory = `RSS ${mib(rest.rss)}, swap ${mib(rest.swapped)} MiB`;
  const trouble = rest.lastError === undefined ? '' : `; ${rest.errors} errors, the last: ${rest.lastError}`;
  return `${head} ${after}, ${work}, p50/p99 ${whole(rest.p50)}/${whole(rest.p99)} ms, ${memory}${trouble}`;
}

/** A paragraph for each configuration. */
export function text(summaries) {
  return summaries
    .map((one) =>
      [
        `geth ${one.geth}, ${limits(one)}, ${one.way}:`,
        `  killed ${one.killed} of ${one.runs}${others(one) && ` (and ${others(one)})`}, seconds to the kill: ${kill(one)}`,
        `  transactions per minute ${whole(one.perMinute)} of the whole run, ${whole(one.perMinuteAlive)} while alive (medians)`,
        `  transactions ${whole(one.done)}, blocks ${whole(one.blocks)} in a run (medians)`,
        `  eth_blockNumber p50 ${whole(one.p50)} ms, p99 ${whole(one.p99)} ms (medians), worst p99 ${whole(one.worstP99)} ms`,
        `  at the peak: RSS ${mib(one.rss)} MiB, memory ${mib(one.peak)} MiB, swap ${mib(one.swapped)} MiB`,
      ].join('\n'),
    )
    .join('\n');
}

/** The same as a Markdown table for docs/limits.md. */
export function markdown(summaries) {
  const head = ['geth', 'limits', 'started by', 'killed', 's to the kill', 'tx/min', 'tx/min alive', 'p50 / p99, ms', 'RSS / swap, MiB'];
  const rows = summaries.map((one) => [
    one.geth,
    limits(one),
    WAY[one.way],
    `${one.killed} of ${one.runs}${others(one) && `, ${others(one)}`}`,
    kill(one),
    whole(one.perMinute),
    whole(one.perMinuteAlive),
    `${whole(one.p50)} / ${whole(one.p99)}`,
    `${mib(one.rss)} / ${mib(one.swapped)}`,
  ]);
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n');
}
