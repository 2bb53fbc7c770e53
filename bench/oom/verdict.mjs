/** How many times the kernel's log says that it killed for the limit of this container; undefined without a log. */
export function killsInLog(log, id) {
  return log?.split('\n').filter((line) => /oom-kill:/.test(line) && new RegExp(`oom_memcg=\\S*${id}`).test(line)).length;
}

/**
 * What became of a run. Any of three witnesses makes it `killed`: the engine's flag, the cgroup's counter, the kernel's log.
 * A node that lives and does not answer is `silent`, one that nothing was done to is `idle`: neither counts as alive.
 */
export function verdict({ oomKilled, exitCode, restarts, counted, logged, answers, done }) {
  if (oomKilled || counted > 0 || logged > 0) return 'killed';
  if (exitCode !== undefined || restarts > 0) return 'ended';
  if (done === 0) return 'idle';
  return answers ? 'alive' : 'silent';
}
