import type { ContainerLimits, ContainerSpec, NetworkSpec, PlacedFile, VolumeSpec } from '../ports/containers.ts';

/**
 * One act on the engine; each kind is one engine call, and each carries its cause in words. What stops, changes or removes
 * a container that was seen takes its `id`: meanwhile the name may be another's, made by another run.
 */
export type Step = { readonly cause: string } & (
  | { readonly kind: 'provide-image'; readonly reference: string }
  /** Without `force` what runs is left alone: by then a successor may be the node itself. */
  | { readonly kind: 'remove-leftover'; readonly container: string; readonly force: boolean }
  | { readonly kind: 'create-volume'; readonly volume: VolumeSpec }
  /** Gives the volume to geth's user and puts files into it. */
  | {
      readonly kind: 'prepare-volume';
      readonly volume: string;
      readonly helper: string;
      readonly image: string;
      readonly files: readonly PlacedFile[];
    }
  | { readonly kind: 'create-network'; readonly network: NetworkSpec }
  /** `geth init` on the volume; on one that holds this chain already it changes nothing. */
  | {
      readonly kind: 'init-chain';
      readonly volume: string;
      readonly image: string;
      readonly words: readonly string[];
      readonly user: string;
    }
  | { readonly kind: 'stop-container'; readonly container: string; readonly id: string; readonly timeoutSeconds: number }
  | { readonly kind: 'remove-container'; readonly container: string; readonly id: string }
  | { readonly kind: 'create-container'; readonly spec: ContainerSpec }
  | { readonly kind: 'rename-container'; readonly container: string; readonly name: string }
  | { readonly kind: 'update-limits'; readonly container: string; readonly id: string; readonly limits: Partial<ContainerLimits> }
  | { readonly kind: 'start-container'; readonly container: string }
);
