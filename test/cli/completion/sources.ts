import { readdirSync } from 'node:fs';
import { profileTitles } from '../../../src/adapters/profile-titles.ts';
import type { CompletionSources, LabelledThing } from '../../../src/ports/completion-sources.ts';
import type { ContainerState } from '../../../src/ports/containers.ts';

/** A container of a node, of a network where one is named. */
export function container(node: string, state: ContainerState, network?: string, role = 'execution'): LabelledThing {
  const spec = network === undefined ? {} : { 'nodectl.spec': JSON.stringify({ network, mode: 'snap' }) };
  return { name: `nodectl-${node}`, state, labels: { 'nodectl.node': node, 'nodectl.role': role, ...spec } };
}

export function volume(node: string, network: string): LabelledThing {
  return { name: `nodectl-${node}`, labels: { 'nodectl.node': node, 'nodectl.network': network } };
}

/** An engine with these, and the profiles of the checkout. */
export function sources(containers: readonly LabelledThing[] = [], volumes: readonly LabelledThing[] = []): CompletionSources {
  return {
    containers: async () => containers,
    volumes: async () => volumes,
    profiles: () => profileTitles('profiles'),
    usage: () => undefined,
  };
}

export const PROFILE_NAMES = readdirSync('profiles').flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? []);
