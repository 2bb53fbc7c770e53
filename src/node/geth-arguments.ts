import { leastFreeDiskMib } from './budget.ts';
import { DATA_DIRECTORY, HTTP_PORT, WS_PORT } from './container-paths.ts';
import { inRange } from './geth-version.ts';
import { memorySettings } from './memory-rules.ts';
import type { NetworkProfile } from './profile.ts';
import type { NodeSpec } from './spec.ts';
import { chooseMode } from './sync-mode-rules.ts';

/** Namespaces that are safe for whoever reaches the port; admin and debug stay on IPC. */
const PUBLIC_NAMESPACES = 'eth,net,web3,txpool';

/** Flags that only some versions have (cmd/utils/flags.go of each tag). */
const SINCE = { minFreeDisk: '1.10.0' } as const;

export interface GethCommand {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** The exact words geth is started with for a spec. Pure: the same spec gives the same words. */
export function gethCommand(spec: NodeSpec, profile: NetworkProfile): GethCommand {
  const memory = memorySettings(spec.geth, spec.memory);
  const args = [
    ...profile.flags,
    ...['--datadir', DATA_DIRECTORY],
    ...(profile.peers ? chooseMode(spec.mode, spec.geth, profile).arguments : archiveOnly(spec)),
    ...['--cache', String(memory.cacheMib)],
    ...(memory.heapBy === '--memorylimit' ? ['--memorylimit', String(memory.heapMib)] : []),
    ...(inRange(spec.geth, { since: SINCE.minFreeDisk }) ? ['--datadir.minfreedisk', String(leastFreeDiskMib(memory.cacheMib))] : []),
    ...['--http', '--http.addr', '0.0.0.0', '--http.port', String(HTTP_PORT), '--http.api', PUBLIC_NAMESPACES],
    ...['--ws', '--ws.addr', '0.0.0.0', '--ws.port', String(WS_PORT), '--ws.api', PUBLIC_NAMESPACES],
    ...(spec.ports.p2p === null ? [] : ['--port', String(spec.ports.p2p)]),
    ...spec.extra,
  ];
  return { args, env: memory.heapBy === 'GOMEMLIMIT' ? { GOMEMLIMIT: `${memory.heapMib}MiB` } : {} };
}

/** A chain without peers has nothing to sync: geth decides that by itself, and only keeping all states is a choice. */
function archiveOnly(spec: NodeSpec): readonly string[] {
  return spec.mode === 'archive' ? ['--gcmode', 'archive'] : [];
}
