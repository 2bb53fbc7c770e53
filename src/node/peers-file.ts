import { isEnode } from './enode.ts';

const HEAD = '# Written by nodectl: the peers this node keeps. Use `nodectl peers add` and `nodectl peers remove`.';

/** The text of geth's configuration file with the peers it shall always be connected to. Words that are no enodes are left out. */
export function peersFile(enodes: readonly string[]): string {
  const rows = enodes.filter(isEnode).map((enode) => `  ${JSON.stringify(enode)},\n`);
  const list = rows.length === 0 ? '[]' : `[\n${rows.join('')}]`;
  return `${HEAD}\n[Node.P2P]\nStaticNodes = ${list}\n`;
}

/** The enodes of a file that `peersFile` wrote, in order; whatever else is in it is passed over. */
export function readPeersFile(text: string): readonly string[] {
  const rows = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  const words = rows.flatMap((line) => [...line.matchAll(/"([^"\\]*)"/g)].map((match) => match[1] ?? ''));
  return [...new Set(words.filter(isEnode))];
}
