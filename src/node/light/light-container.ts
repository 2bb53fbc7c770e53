import type { ContainerSpec } from '../../ports/containers.ts';
import { HTTP_PORT, WS_PORT } from '../container-paths.ts';
import { type Surroundings, safeContainer } from '../container-safety.ts';
import { LABEL_NODE, LABEL_ROLE, LABEL_SPEC, LABEL_VERSION } from '../labels.ts';
import { partNames } from '../names.ts';
import { type NodeSpec, specLabel } from '../spec.ts';
import type { LightBackend } from './light-backend.ts';

/**
 * The container of a light client in geth's place, under the node's own name. Nothing in it tells whom it asks: that is in the
 * configuration file of its volume. It is on the engine's default network, since it asks servers elsewhere and nobody asks it but the host.
 */
export function lightContainer(node: string, spec: NodeSpec, backend: LightBackend, around: Surroundings): ContainerSpec {
  const { container, volume } = partNames(node);
  const published = { hostIp: '127.0.0.1', protocol: 'tcp' } as const;
  return {
    ...safeContainer(spec, around),
    name: container,
    image: spec.image.id === '' ? spec.image.ref : spec.image.id,
    args: backend.args,
    env: {},
    labels: {
      [LABEL_NODE]: node,
      [LABEL_ROLE]: 'light',
      [LABEL_SPEC]: specLabel(spec),
      [LABEL_VERSION]: around.nodectlVersion,
    },
    mounts: [{ volume, target: backend.mount }],
    ports: [
      { ...published, hostPort: spec.ports.http, containerPort: HTTP_PORT },
      ...(backend.ws ? [{ ...published, hostPort: spec.ports.ws, containerPort: WS_PORT }] : []),
    ],
    stopSignal: backend.stopSignal,
    stopTimeoutSeconds: backend.stopTimeout,
    network: 'bridge',
  };
}
