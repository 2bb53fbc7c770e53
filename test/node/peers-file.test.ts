import { expect, test } from 'vitest';
import { peersFile, readPeersFile } from '../../src/node/peers-file.ts';

const ONE = `enode://${'ab'.repeat(64)}@172.18.0.2:30303?discport=0`;
const TWO = `enode://${'cd'.repeat(64)}@[fd00::2]:30303`;

test('what is written is read back, in order', () => {
  for (const enodes of [[], [ONE], [TWO, ONE]]) expect(readPeersFile(peersFile(enodes))).toEqual(enodes);
});

test('what is no enode is neither written nor read', () => {
  expect(readPeersFile(peersFile(['"]\n[Node]\nDataDir="/x', ONE]))).toEqual([ONE]);
  expect(readPeersFile(`# "${TWO}"\n[Node.P2P]\nStaticNodes = ["${ONE}", "x", "${ONE}"]\nMaxPeers = "3"\n`)).toEqual([ONE]);
  for (const text of ['', 'not TOML at all', '"'.repeat(1_000_000), '\0']) expect(readPeersFile(text)).toEqual([]);
});
