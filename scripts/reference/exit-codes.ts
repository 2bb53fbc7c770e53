import type { ExitCode } from '../../src/errors.ts';

/** What each exit code promises to scripts; the type keeps it complete. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'done, healthy, or nothing had to change',
  1: 'a bug of nodectl',
  2: 'wrong usage, an invalid profile, or limits that cannot be',
  3: 'answered, and the answer is bad: an unhealthy node or one that heads for trouble, an unclean stop',
  4: 'the world refused: no engine, a taken port or name, no image, no permission, a full disk',
  5: 'no such node, profile or image',
  6: 'timed out while waiting',
  7: 'the container died while it was waited for',
  20: '`diagnose`: killed by the kernel at its own memory limit',
  21: '`diagnose`: killed for want of memory of the host, or of a cgroup above it',
  22: '`diagnose`: SIGKILL by somebody, or by a stop that took too long',
  23: '`diagnose`: crashed (Go panic, runtime out of memory, SIGSEGV)',
  24: '`diagnose`: refused to start: a flag, a sync mode, a setting',
  25: '`diagnose`: the disk is low or full',
  26: '`diagnose`: the database is corrupt, locked, or of another chain or version',
  27: '`diagnose`: a port or a network in the way',
  28: '`diagnose`: it runs, but does not follow the chain',
  29: '`diagnose`: the image cannot run here',
  30: '`diagnose`: ended by SIGTERM or SIGINT in good order, and nobody asked the engine for it',
  31: '`diagnose`: ended with its engine or host',
  39: '`diagnose`: unknown; what was read is attached',
  130: 'interrupted',
};

/** A Markdown table of them. */
export function exitCodeTable(): string {
  const rows = Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return ['| code | meaning |', '|---|---|', ...rows].join('\n');
}
