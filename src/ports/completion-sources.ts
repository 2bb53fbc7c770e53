import type { ContainerState } from './containers.ts';

/** A container or a volume that says by its label which node it is of. */
export interface LabelledThing {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Of a container alone. */
  readonly state?: ContainerState;
}

/** A profile as its first lines tell it. */
export interface ProfileTitle {
  readonly name: string;
  /** network, private or preset; '' where the file says none. */
  readonly kind: string;
  readonly title: string;
}

/** What completion asks of the world at each TAB: quick, never an error, and empty where nobody answers in time. */
export interface CompletionSources {
  containers(): Promise<readonly LabelledThing[]>;
  volumes(): Promise<readonly LabelledThing[]>;
  profiles(): readonly ProfileTitle[];
  /** The commands as the build wrote them down; undefined where it did not. */
  usage(): unknown;
}
