import type { ObservedVolume } from '../../ports/containers.ts';
import { consensusNames, partNames, secretVolume } from '../names.ts';
import type { NodeSpec } from '../spec.ts';
import { ARCHIVE_PARTS, type ArchivePart } from './manifest.ts';

/** Keys, geth's identity among its peers, and what nodectl keeps beside the chain. */
const WITHOUT_CHAIN = ['keystore', 'geth/nodekey', 'nodectl'];

/** Made anew at each start, or only of use on the machine they are on: the socket, the locks, the peers geth met. */
const LEFT_OUT = /^(geth\.ipc|geth\/(LOCK|nodes(\/.*)?))$/;

/** The engine's name for a part's volume. */
export function partVolume(node: string, part: ArchivePart): string {
  const names = { execution: partNames(node).volume, consensus: consensusNames(node).volume, secret: secretVolume(node) };
  return names[part];
}

/** A chain that cannot be had from anybody else: it belongs into the archive without being asked for. */
export function ownsItsChain({ network, custom }: Pick<NodeSpec, 'network' | 'custom'>): boolean {
  return network === 'dev' || custom?.private !== undefined;
}

interface Wanted {
  readonly part: ArchivePart;
  readonly volume: ObservedVolume;
  /** Paths in it; '' is all of it. */
  readonly paths: readonly string[];
}

/** Which volumes go into an archive, and what of each. Secrets always do; a consensus client's database only with its chain. */
export function archiveContents(node: string, volumes: readonly ObservedVolume[], chain: boolean): readonly Wanted[] {
  return ARCHIVE_PARTS.flatMap((part) => {
    const volume = volumes.find(({ name }) => name === partVolume(node, part));
    if (volume === undefined || (part === 'consensus' && !chain)) return [];
    return [{ part, volume, paths: chain || part === 'secret' ? [''] : WITHOUT_CHAIN }];
  });
}

/** True of what stays behind; the path begins with its part. Every ext4 makes its own `lost+found`. */
export function isLeftOut(path: string): boolean {
  const [part, first] = path.split('/', 2);
  return first === 'lost+found' || (part === 'execution' && LEFT_OUT.test(path.slice('execution/'.length)));
}
