import { NodectlError } from '../errors.ts';
import { flagRange, hasFlag } from './geth-rules/flag-versions.ts';
import { dangerousNamespaces } from './geth-rules/namespaces.ts';
import { RENAMED_FLAGS } from './geth-rules/renamed-flags.ts';
import { rangeText } from './geth-rules/version-rows.ts';
import { OWNED_FLAGS } from './owned-flags.ts';

/**
 * The user's own words for geth. USAGE when they contradict an option of ours or open a dangerous namespace,
 * UNSUPPORTED_OPTION for a flag that this version does not have; a flag that no table knows is left to geth.
 */
export function checkExtraArguments(words: readonly string[], version: string): readonly string[] {
  words.forEach((word, index) => {
    refuseCommand(word, words[index - 1]);
    const match = /^--?([a-z0-9._-]+)(?:=(.*))?$/i.exec(word);
    if (match === null) return;
    const flag = (match[1] ?? '').toLowerCase();
    refuseOwned(flag);
    refuseMissing(match[1] ?? '', version);
    if (flag === 'http.api' || flag === 'ws.api') refuseDangerous(flag, match[2] ?? words[index + 1] ?? '', version);
  });
  return words;
}

function refuseOwned(flag: string): void {
  const owner = OWNED_FLAGS.get(flag) ?? OWNED_FLAGS.get(RENAMED_FLAGS.get(flag) ?? '');
  if (owner === undefined) return;
  throw new NodectlError('USAGE', `--${flag} for geth is decided by ${owner}.`, { hint: `Leave it out after -- and use ${owner}.` });
}

function refuseMissing(flag: string, version: string): void {
  const range = flagRange(flag);
  if (range === undefined || hasFlag(flag, version)) return;
  const renamed = RENAMED_FLAGS.get(flag);
  const now =
    renamed !== undefined && hasFlag(renamed, version)
      ? `It is called --${renamed} there.`
      : 'Leave it out, or choose another --geth-version.';
  throw new NodectlError('UNSUPPORTED_OPTION', `geth ${version} has no --${flag}: it is a flag of ${rangeText(range)}.`, { hint: now });
}

/** Words by which geth becomes another program than a node (`geth --help`, 1.9.25 to 1.17.8). */
const COMMANDS = new Set([
  ...['account', 'attach', 'console', 'copydb', 'db', 'download-era', 'dump', 'dumpconfig', 'dumpgenesis', 'export', 'export-history'],
  ...['export-preimages', 'help', 'import', 'import-history', 'import-preimages', 'init', 'inspect', 'js', 'license', 'makecache'],
  ...[
    'makedag',
    'prune-history',
    'removedb',
    'retesteth',
    'show-deprecated-flags',
    'snapshot',
    'verkle',
    'version',
    'version-check',
    'wallet',
  ],
]);

function refuseCommand(word: string, before: string | undefined): void {
  if (word.startsWith('-')) return;
  const isValue = before?.startsWith('-') === true && !before.includes('=');
  if (isValue && !COMMANDS.has(word)) return;
  throw new NodectlError('USAGE', `${JSON.stringify(word.slice(0, 40))} after -- is no flag of a running geth.`, {
    hint: 'Give flags only, for instance `-- --verbosity 4`.',
  });
}

function refuseDangerous(flag: string, list: string, version: string): void {
  const found = dangerousNamespaces(list, version);
  if (found.length === 0) return;
  throw new NodectlError('USAGE', `--${flag} ${found.join(',')} would give control of the node to whoever reaches the port.`, {
    hint: 'These namespaces are reachable over the IPC file inside the container only.',
  });
}
