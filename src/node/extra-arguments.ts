import { NodectlError } from '../errors.ts';

/** Flags that follow from nodectl's own options: said twice, they would contradict the plan. The value names the option. */
const OWNED: Readonly<Record<string, string>> = {
  datadir: 'the volume',
  'datadir.minfreedisk': '--storage',
  syncmode: '--syncmode',
  gcmode: '--syncmode',
  cache: '--memory',
  memorylimit: '--memory',
  http: 'nodectl',
  'http.addr': 'nodectl',
  'http.port': '--port',
  ws: 'nodectl',
  'ws.addr': 'nodectl',
  'ws.port': '--port',
  port: '--port',
  ipcdisable: 'nodectl',
  ipcpath: 'nodectl',
  dev: '--network',
  mainnet: '--network',
  sepolia: '--network',
  hoodi: '--network',
  holesky: '--network',
  networkid: '--network',
};

const DANGEROUS_NAMESPACES = ['admin', 'debug', 'personal'];

/** The user's own words for geth, or USAGE when they contradict an option of ours or open a dangerous namespace. */
export function checkExtraArguments(words: readonly string[]): readonly string[] {
  words.forEach((word, index) => {
    refuseCommand(word, words[index - 1]);
    const match = /^--?([a-z0-9.-]+)(?:=(.*))?$/i.exec(word);
    if (match === null) return;
    const flag = (match[1] ?? '').toLowerCase();
    const owner = OWNED[flag];
    if (owner !== undefined) {
      throw new NodectlError('USAGE', `--${flag} for geth is decided by ${owner}.`, { hint: `Leave it out after -- and use ${owner}.` });
    }
    if (flag === 'http.api' || flag === 'ws.api') refuseDangerous(flag, match[2] ?? words[index + 1] ?? '');
  });
  return words;
}

/** Words by which geth becomes another program than a node (`geth --help`, 1.10 to 1.17). */
const COMMANDS = new Set([
  ...['account', 'attach', 'console', 'db', 'download-era', 'dump', 'dumpconfig', 'dumpgenesis', 'export', 'export-history'],
  ...['export-preimages', 'help', 'import', 'import-history', 'import-preimages', 'init', 'js', 'license', 'makecache', 'makedag'],
  ...['prune-history', 'removedb', 'show-deprecated-flags', 'snapshot', 'verkle', 'version', 'version-check', 'wallet'],
]);

function refuseCommand(word: string, before: string | undefined): void {
  if (word.startsWith('-')) return;
  const isValue = before?.startsWith('-') === true && !before.includes('=');
  if (isValue && !COMMANDS.has(word)) return;
  throw new NodectlError('USAGE', `${JSON.stringify(word.slice(0, 40))} after -- is no flag of a running geth.`, {
    hint: 'Give flags only, for instance `-- --verbosity 4`.',
  });
}

function refuseDangerous(flag: string, list: string): void {
  const found = list.split(',').filter((name) => DANGEROUS_NAMESPACES.includes(name.trim().toLowerCase()));
  if (found.length === 0) return;
  throw new NodectlError('USAGE', `--${flag} ${found.join(',')} would give control of the node to whoever reaches the port.`, {
    hint: 'These namespaces are reachable over the IPC file inside the container only.',
  });
}
