import { spawnSync } from 'node:child_process';

/** The engine's own bridge, by the name it has on every Linux host. */
const BRIDGE = 'docker0';

/**
 * The one address that this machine and the containers of its engine both reach: the gateway of the engine's bridge. 127.0.0.1
 * where there is none, and then only programs of this machine can join.
 */
export function bridgeAddress(): string {
  // os.networkInterfaces() leaves the bridge out while no container is in it.
  const { stdout } = spawnSync('ip', ['-4', '-o', 'address', 'show', 'dev', BRIDGE], { encoding: 'utf8' });
  return /\binet (\d+(?:\.\d+){3})\//.exec(stdout ?? '')?.[1] ?? '127.0.0.1';
}
