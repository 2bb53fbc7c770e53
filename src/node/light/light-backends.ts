import type { NetworkProfile } from '../profile.ts';
import { lodestarProver } from './backends/lodestar-prover.ts';
import { nimbusVerifiedProxy } from './backends/nimbus-verified-proxy.ts';
import type { LightBackend } from './light-backend.ts';
import { LIGHT_BACKENDS, type LightBackendName } from './light-spec.ts';

const TABLE: Readonly<Record<LightBackendName, LightBackend>> = {
  'nimbus-verified-proxy': nimbusVerifiedProxy,
  'lodestar-prover': lodestarProver,
};

export function lightBackend(name: LightBackendName): LightBackend {
  return TABLE[name];
}

/** Whether a backend can follow a network at all. */
export function followsNetwork(backend: LightBackend, network: NetworkProfile): boolean {
  if (network.private === undefined) return backend.networks.includes(network.name);
  return backend.privateNetworks && unknownFork(backend, network) === undefined;
}

/** The preferred backend of a network; undefined where none can follow it. */
export function defaultBackend(network: NetworkProfile): LightBackend | undefined {
  return LIGHT_BACKENDS.map(lightBackend).find((backend) => followsNetwork(backend, network));
}

/** The first fork of a private network that a backend does not know. */
export function unknownFork({ forks }: LightBackend, { private: chain }: NetworkProfile): string | undefined {
  return chain?.beacon?.forks.find(({ name }) => !forks.includes(name))?.name;
}
