import type { ContainerSpec, ContainerSummary, ObservedContainer, ObservedVolume, PlacedFile, VolumeSpec } from '../ports/containers.ts';
import type { partNames } from './names.ts';
import type { Step } from './step.ts';

/** One container of a node with its volume, as the planner makes and replaces it. */
export interface Part {
  readonly names: ReturnType<typeof partNames>;
  readonly container: ContainerSpec;
  readonly volume: VolumeSpec;
  /** Why the volume is made, the container is made, and the volume is prepared. */
  readonly causes: { readonly volume: string; readonly container: string; readonly prepare: string };
  /** Files the volume must have before the container is made. */
  readonly files: readonly PlacedFile[];
  /** True where the engine itself gives a new volume to the container's user. */
  readonly ownedByImage: boolean;
  /** What must be whenever the container starts. */
  readonly ground: readonly Step[];
  /** What a container that is made, or made anew, needs besides. */
  readonly needs: readonly Step[];
  /** What the volume needs before the first container. */
  readonly begin: readonly Step[];
}

/** What the engine has of a part. */
export interface SeenPart {
  readonly container: ObservedContainer | undefined;
  readonly volume: ObservedVolume | undefined;
  /** A container made by an interrupted run to be exactly what is desired now. */
  readonly successor: ContainerSummary | undefined;
}
