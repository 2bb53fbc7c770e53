import type { ContainerSpec, PlacedFile } from '../../ports/containers.ts';
import { DATA_DIRECTORY, ENGINE_PORT, JWT_FILE, SECRET_DIRECTORY } from '../container-paths.ts';
import { type Surroundings, safeContainer } from '../container-safety.ts';
import { peerBindings } from '../container-spec.ts';
import { LABEL_NODE, LABEL_ROLE, LABEL_SPEC, LABEL_VERSION } from '../labels.ts';
import { consensusNames, partNames, secretVolume } from '../names.ts';
import type { NetworkProfile } from '../profile.ts';
import { consensusClient } from './client-table.ts';
import type { ClientRequest } from './consensus-client.ts';
import { type ClientSpec, clientLabel } from './consensus-spec.ts';
import { networkPaths } from './network-files.ts';

/** The port of the beacon REST API inside every client's container. */
export const REST_PORT = 5052;

interface ClientQuestion {
  readonly node: string;
  readonly spec: ClientSpec;
  readonly profile: NetworkProfile;
  /** The provider to begin from, whole; null begins from the genesis state. */
  readonly checkpointUrl: string | null;
  /** The engine's network that it shares with geth. */
  readonly network: string;
}

/** What a node's consensus client needs: its container, a file for what may not stand in argv, and a run before its first start. */
export interface ClientParts {
  readonly container: ContainerSpec;
  readonly files: readonly PlacedFile[];
  /** Words of a run on its volume, which begins its database; undefined where it begins by itself. */
  readonly firstRun: readonly string[] | undefined;
}

/** The container of a node's consensus client. Pure: the client's own data file says the words. */
export function consensusContainer(question: ClientQuestion, around: Surroundings): ClientParts {
  const { node, spec, network } = question;
  const client = consensusClient(spec.client);
  const request = clientRequest(question);
  const names = consensusNames(node);
  const { args, env } = client.command(request);
  const file = client.configFile?.(request);
  return {
    container: {
      ...safeContainer(spec, around),
      name: names.container,
      image: spec.image.id === '' ? spec.image.ref : spec.image.id,
      args,
      env,
      labels: {
        [LABEL_NODE]: node,
        [LABEL_ROLE]: 'consensus',
        [LABEL_SPEC]: clientLabel(spec),
        [LABEL_VERSION]: around.nodectlVersion,
      },
      mounts: [
        { volume: names.volume, target: DATA_DIRECTORY },
        { volume: secretVolume(node), target: SECRET_DIRECTORY, readOnly: true },
      ],
      ports: [
        { hostIp: '127.0.0.1', hostPort: spec.ports.rest, containerPort: REST_PORT, protocol: 'tcp' },
        ...peerBindings(spec.ports.p2p),
      ],
      stopTimeoutSeconds: client.stopTimeout,
      stopSignal: client.stopSignal,
      entrypoint: client.entrypoint,
      network,
    },
    files: file === undefined ? [] : [file],
    firstRun: question.checkpointUrl === null ? undefined : client.firstRun?.(request),
  };
}

function clientRequest({ node, spec, profile, checkpointUrl }: ClientQuestion): ClientRequest {
  const beacon = profile.private?.beacon ?? null;
  return {
    network: beacon === null ? profile.name : null,
    files: beacon === null ? null : networkPaths(DATA_DIRECTORY),
    bootnodes: beacon?.bootnodes ?? [],
    staticPeers: beacon?.staticPeers ?? [],
    engineUrl: `http://${partNames(node).container}:${ENGINE_PORT}`,
    jwtFile: `${SECRET_DIRECTORY}/${JWT_FILE}`,
    dataDirectory: DATA_DIRECTORY,
    checkpointUrl,
    ports: { rest: REST_PORT, p2p: spec.ports.p2p },
    memory: spec.memory,
  };
}
