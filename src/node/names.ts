import { NodectlError } from '../errors.ts';

const NODE_NAME = /^[a-z0-9][a-z0-9_-]{0,62}$/;

/** True of what can be a node's name; a label that a stranger wrote may hold anything. */
export function isNodeName(text: string): boolean {
  return NODE_NAME.test(text);
}

/** A node's name as the user typed it, or INVALID_NAME. No dot: dots join a node's name to its parts. */
export function parseNodeName(text: string): string {
  if (isNodeName(text)) return text;
  const shown = text.length > 70 ? `${text.slice(0, 70)}… (${text.length} characters)` : text;
  throw new NodectlError('INVALID_NAME', `${JSON.stringify(shown)} is not a node name.`);
}

/** The engine's names for the parts of a node. */
export function partNames(node: string): {
  readonly container: string;
  readonly volume: string;
  /** A container that is made to own the volume and never started. */
  readonly helper: string;
  /** A container that is made before the present one is removed, and then takes its name. */
  readonly successor: string;
} {
  const container = `nodectl-${node}`;
  return { container, volume: container, helper: `${container}.helper`, successor: `${container}.next` };
}

/** The same for the consensus client beside a node's geth. */
export function consensusNames(node: string): ReturnType<typeof partNames> {
  const container = `nodectl-${node}.consensus`;
  return { container, volume: container, helper: `${container}.helper`, successor: `${container}.next` };
}

/** The volume of a node's secrets: the key of the engine API, and addresses that may hold credentials. */
export function secretVolume(node: string): string {
  return `nodectl-${node}.secret`;
}

/** The engine's network of one node, on which its consensus client reaches geth's engine API and nobody else does. */
export function nodeNetworkName(node: string): string {
  return `nodectl-${node}`;
}

/** What the names of private chains' networks begin with. */
export const CHAIN_NETWORK = 'nodectl-chain-';

/** The engine's network that all nodes of one private chain share. */
export function chainNetworkName(genesisDigest: string): string {
  return `${CHAIN_NETWORK}${genesisDigest.slice(0, 12)}`;
}

/** Whether `chainNetworkName` gives such a name, for whichever chain. */
export function isChainNetworkName(name: string): boolean {
  return name.startsWith(CHAIN_NETWORK) && /^[0-9a-f]{12}$/.test(name.slice(CHAIN_NETWORK.length));
}
