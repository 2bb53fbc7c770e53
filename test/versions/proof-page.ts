/** One line of the proof: what was asked, what nodectl makes of it, what the real binary did. */
export interface ProofRow {
  readonly version: string;
  readonly network: string;
  readonly asked: string;
  readonly passes: string;
  readonly did: string;
}

/** The words that differ between cells; what every node gets is said once above the table. */
const COMMON = /^--(datadir|cache|memorylimit|datadir\.minfreedisk|http|http\..*|ws|ws\..*|port|networkid|config|nodiscover|nat)$/;

/** Geth's words without those that every node gets. */
export function distinctWords(args: readonly string[]): string {
  const kept: string[] = [];
  let dropping = false;
  for (const word of args) {
    if (word.startsWith('--')) dropping = COMMON.test(word);
    if (!dropping) kept.push(word);
  }
  return kept.join(' ');
}

/** The rows as Markdown tables, one for each version. */
export function proofTables(rows: readonly ProofRow[]): string {
  const versions = [...new Set(rows.map(({ version }) => version))];
  return versions.map((version) => `## geth ${version}\n\n${table(rows.filter((row) => row.version === version))}`).join('\n');
}

/** Cells of which everything but the asked words is the same share a line. */
function table(rows: readonly ProofRow[]): string {
  const lines = new Map<string, string[]>();
  for (const { network, asked, passes, did } of rows) {
    const key = [network, passes, did].map(cell).join('\u0000');
    lines.set(key, [...(lines.get(key) ?? []), `\`${asked}\``]);
  }
  const texts = [...lines].map(([key, asked]) => {
    const [network, passes, did] = key.split('\u0000');
    return `| ${[network, asked.join('<br>'), passes, did].join(' | ')} |\n`;
  });
  return `| network | asked | nodectl | the real binary |\n|---|---|---|---|\n${texts.join('')}`;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

/** The whole page of a recorded run. `date` is YYYY-MM-DD. */
export function proofPage(rows: readonly ProofRow[], date: string): string {
  return `# Versions, proved

What nodectl makes of each geth version, network and sync mode, and what the real binary did with it on ${date}
(\`npm run test:versions\`, ${rows.length} cells). Written by that test; not by hand.

Each binary was built from the Go module. An allowed cell was started with exactly nodectl's words for a node of 1 GiB
(folder and ports apart), had to answer \`eth_chainId\` and to end clean on SIGTERM: exit 0 and geth's own last words as its last
line. Public networks were started without any peer. Not shown, since every node gets them: the data directory, cache and memory
limit, ports, and the words for RPC and peers. A refused cell was started with the words a person would have typed.

${proofTables(rows)}`;
}
