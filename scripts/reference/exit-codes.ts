import type { ExitCode } from '../../src/errors.ts';

/** What each exit code promises to scripts; the type keeps it complete. */
export const EXIT_MEANINGS: Readonly<Record<ExitCode, string>> = {
  0: 'done, healthy, or nothing had to change',
  1: 'a bug of nodectl',
  2: 'wrong usage, an invalid profile, or limits that cannot be',
  3: 'answered, and the answer is bad: an unhealthy node, an unclean stop',
  4: 'the world refused: no engine, a taken port or name, no image, no permission, a full disk',
  5: 'no such node, profile or image',
  6: 'timed out while waiting',
  7: 'the container died while it was waited for',
  130: 'interrupted',
};

/** A Markdown table of them. */
export function exitCodeTable(): string {
  const rows = Object.entries(EXIT_MEANINGS).map(([code, meaning]) => `| ${code} | ${meaning} |`);
  return ['| code | meaning |', '|---|---|', ...rows].join('\n');
}
