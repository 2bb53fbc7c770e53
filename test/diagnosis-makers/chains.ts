import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergedGenesis } from '../genesis-files.ts';
import { until } from '../scenarios/engine-view.ts';
import type { Death } from './death.ts';
import { logOf } from './docker.ts';
import type { Scene } from './scene.ts';

/** A genesis in a file, for as long as the scene is there. */
function genesisFile(scene: Scene, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'nodectl-genesis-'));
  scene.later(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'ts-diagnose.json');
  writeFileSync(path, text);
  return path;
}

const leaderless: Death = {
  cause: 'a chain past the Merge without a consensus client',
  verdict: 'chain.no-consensus',
  code: 28,
  make: async (scene) => {
    if (scene.way === 'nodectl') {
      await scene.begin({
        geth: '1.16.9',
        network: genesisFile(scene, mergedGenesis()),
        up: ['--syncmode', 'snap', '--consensus', 'none'],
      });
    } else await scene.begin({ network: 'sepolia', words: ['--nodiscover'] });
    // geth itself says so after half a minute; nobody else can while it has no peers either.
    await until(() => (/beacon client/i.test(logOf(scene.container)) ? true : undefined), 'geth to miss its consensus client', 90_000);
  },
};

/** A node without peers is called ill after ten minutes, which no test waits for. */
export const CHAINS: readonly Death[] = [leaderless];
