import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lightConfig, readNetworkConfig } from '../../src/node/consensus/network-config.ts';
import { BEACON_CHECKPOINT_FILE, BEACON_CONFIG_FILE, DATA_DIRECTORY } from '../../src/node/container-paths.ts';
import { consensusWords } from '../../src/node/geth-rules/consensus-rules.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';
import { beaconConfig } from '../node/consensus/beacon-network.ts';
import { ENGINE } from '../node/geth-rules/networks.ts';
import { makeSpec } from '../node/make-node.ts';
import { requires } from '../require.ts';
import { gethBinary } from '../versions/binaries.ts';

const able = await requires('geth', 'go');
const DEADLINE = 60_000;
const NOBODY = 'http://127.0.0.1:9';
const READ = 'Using custom beacon chain config';

/** What a geth says until it has opened its HTTP port, or ends. */
function sayings(binary: string, words: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const geth = spawn(binary, words, { env: {}, stdio: ['ignore', 'ignore', 'pipe'] });
    onTestFinished(() => void geth.kill('SIGKILL'));
    let said = '';
    geth.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Started P2P networking') || said.includes('IPC endpoint opened')) geth.kill('SIGTERM');
    });
    geth.on('close', () => resolve(said));
  });
}

/** The words for a private chain, with the volume's files where nodectl puts them; `over` is its configuration. */
function wordsFor(folder: string, over: Readonly<Record<string, string>>, checkpoint: string): readonly string[] {
  const config = readNetworkConfig('config.yaml', new TextEncoder().encode(beaconConfig(over)));
  const place = (path: string, text: string) => writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, 'nodectl'));
  place(BEACON_CONFIG_FILE, lightConfig(config));
  place(BEACON_CHECKPOINT_FILE, checkpoint);
  const chain = ENGINE.private;
  if (chain === undefined) throw new Error('ENGINE is no private network');
  const { slotSeconds, epochSlots, committeeEpochs, forks } = config;
  const beacon = {
    ...{ config: '', genesisState: '', bootnodes: [], staticPeers: [], slotSeconds, epochSlots, committeeEpochs },
    ...{ genesisTime: 1_790_000_000, validatorsRoot: `0x${'ab'.repeat(32)}`, forks: [...forks] },
  };
  const consensus = { kind: 'builtin' as const, beaconApis: [NOBODY] };
  const words = consensusWords(makeSpec({ consensus }), 'home', { ...ENGINE, private: { ...chain, beacon } });
  const ports = ['--port', '0', '--authrpc.port', '0', '--nodiscover', '--ipcpath', join(folder, 'geth.ipc')];
  return ['--datadir', folder, '--networkid', '4711', ...ports, ...words.map((word) => word.replace(DATA_DIRECTORY, folder))];
}

describe.skipIf(!able)("geth's own light consensus", () => {
  const ROOT = `0x${'12'.repeat(32)}`;

  it.each([
    ['1.16.9', 'a chain in Altair', { ELECTRA_FORK_EPOCH: '18446744073709551615' }],
    ['1.17.8', 'a chain in Electra', {}],
    ['1.17.8', 'a chain in Fulu', { FULU_FORK_EPOCH: '0' }],
  ])(
    '%s takes the words and files for %s',
    async (version, _what, over) => {
      const said = await sayings(await gethBinary(version), wordsFor(temporaryFolder(), over, ROOT));
      expect(said).toContain(READ);
      expect(said).not.toMatch(/Fatal|Unknown fork/);
    },
    DEADLINE,
  );

  it(
    '1.16.9 does not know Electra, as the rules say',
    async () => {
      expect(await sayings(await gethBinary('1.16.9'), wordsFor(temporaryFolder(), {}, ROOT))).toMatch(/Unknown fork.*ELECTRA/);
    },
    DEADLINE,
  );

  it(
    'does not take a checkpoint that ends with a new line, which is why nodectl writes none',
    async () => {
      const said = await sayings(await gethBinary('1.17.8'), wordsFor(temporaryFolder(), {}, `${ROOT}\n`));
      expect(said).toContain('Fatal');
    },
    DEADLINE,
  );
});
