import type { ContainerLimits, ContainerSpec, NetworkSpec, PlacedFile, VolumeSpec } from '../ports/containers.ts';
import type { SizedWish } from './storage/sized-place.ts';

/**
 * One act on the engine; each kind is one engine call, and each carries its cause in words. What stops, changes or removes
 * a container that was seen takes its `id`: meanwhile the name may be another's, made by another run.
 */
export type Step = { readonly cause: string } & (
  | { readonly kind: 'provide-image'; readonly part: 'execution' | 'consensus'; readonly reference: string }
  /** Without `force` what runs is left alone: by then a successor may be the node itself. */
  | { readonly kind: 'remove-leftover'; readonly container: string; readonly force: boolean }
  /** Makes, attaches or grows the filesystem in a file that the chain volume shall be. */
  | { readonly kind: 'provide-storage'; readonly wish: SizedWish }
  /** Makes sure that a guard runs on this machine, now and after every boot. */
  | { readonly kind: 'provide-guard'; readonly commands: readonly string[] }
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
  /** A key that nobody knows, in the secret volume; one that has a key already stays as it is. */
  | { readonly kind: 'make-key'; readonly volume: string; readonly image: string }
  /** A consensus client's own run on its volume, by which it begins its database from a checkpoint. */
  | {
      readonly kind: 'begin-database';
      readonly volume: string;
      readonly image: string;
      readonly entrypoint: readonly string[] | undefined;
      readonly words: readonly string[];
      readonly user: string;
      readonly memory: number;
    }
  | { readonly kind: 'stop-container'; readonly container: string; readonly id: string; readonly timeoutSeconds: number }
  | { readonly kind: 'remove-container'; readonly container: string; readonly id: string }
  | { readonly kind: 'create-container'; readonly spec: ContainerSpec }
  | { readonly kind: 'rename-container'; readonly container: string; readonly name: string }
  | { readonly kind: 'update-limits'; readonly container: string; readonly id: string; readonly limits: Partial<ContainerLimits> }
  | { readonly kind: 'start-container'; readonly container: string }
);
