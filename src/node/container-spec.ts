import type { ContainerSpec, PortBinding } from '../ports/containers.ts';
import { executionShare } from './consensus/split-budget.ts';
import { DATA_DIRECTORY, ENGINE_PORT, HTTP_PORT, SECRET_DIRECTORY, WS_PORT } from './container-paths.ts';
import { type Surroundings, safeContainer } from './container-safety.ts';
import { gethCommand } from './geth-arguments.ts';
import { consensusWords } from './geth-rules/consensus-rules.ts';
import { LABEL_NODE, LABEL_ROLE, LABEL_SPEC, LABEL_VERSION } from './labels.ts';
import { chainNetworkName, nodeNetworkName, partNames, secretVolume } from './names.ts';
import type { NetworkProfile } from './profile.ts';
import { type NodeSpec, specLabel } from './spec.ts';
import { STOP_TIMEOUT_SECONDS } from './stop-timeout.ts';

/** The container of a node's execution client. Pure. */
export function containerSpec(node: string, spec: NodeSpec, profile: NetworkProfile, around: Surroundings): ContainerSpec {
  const names = partNames(node);
  const command = gethCommand(spec, profile, consensusWords(spec, node, profile));
  return {
    ...safeContainer(executionShare(spec), around),
    name: names.container,
    image: spec.image.id === '' ? spec.image.ref : spec.image.id,
    args: command.args,
    env: command.env,
    labels: {
      [LABEL_NODE]: node,
      [LABEL_ROLE]: 'execution',
      [LABEL_SPEC]: specLabel(spec),
      [LABEL_VERSION]: around.nodectlVersion,
    },
    mounts: [
      { volume: names.volume, target: DATA_DIRECTORY },
      ...(hasKey(spec) ? [{ volume: secretVolume(node), target: SECRET_DIRECTORY, readOnly: true }] : []),
    ],
    ports: portBindings(spec),
    stopTimeoutSeconds: STOP_TIMEOUT_SECONDS,
    network: networkOf(node, spec, profile),
  };
}

/** True where another program drives geth over the engine API, and shares a key with it. */
export function hasKey({ consensus }: NodeSpec): boolean {
  return consensus?.kind === 'client' || consensus?.kind === 'external';
}

/** The engine's network of a node's containers: its private chain's, its own where two parts share it, or the default one. */
export function networkOf(node: string, spec: NodeSpec, profile: NetworkProfile): string {
  if (profile.private !== undefined) return chainNetworkName(profile.private.genesis);
  return spec.consensus?.kind === 'client' ? nodeNetworkName(node) : 'bridge';
}

function portBindings({ ports, consensus }: NodeSpec): readonly PortBinding[] {
  const own = { hostIp: '127.0.0.1', protocol: 'tcp' } as const;
  const rpc: PortBinding[] = [
    { ...own, hostPort: ports.http, containerPort: HTTP_PORT },
    { ...own, hostPort: ports.ws, containerPort: WS_PORT },
  ];
  if (consensus?.kind === 'external') {
    const { hostIp, port } = consensus.engine;
    rpc.push({ hostIp, hostPort: port, containerPort: ENGINE_PORT, protocol: 'tcp' });
  }
  return [...rpc, ...peerBindings(ports.p2p)];
}

/** Both protocols of a P2P port, for everybody, under the number that peers are told. */
export function peerBindings(p2p: number | null): readonly PortBinding[] {
  if (p2p === null) return [];
  const peer = { hostIp: '0.0.0.0', hostPort: p2p, containerPort: p2p } as const;
  return [
    { ...peer, protocol: 'tcp' },
    { ...peer, protocol: 'udp' },
  ];
}
