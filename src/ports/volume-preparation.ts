import type { PlacedFile } from './containers.ts';

/** Work on a volume's files through a helper container that is never started. */
interface VolumeWork {
  readonly volume: string;
  /** It only has to exist. */
  readonly image: string;
  readonly helper: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly uid: number;
  readonly gid: number;
}

/** The volume's root and these files get an owner. */
export interface VolumePreparation extends VolumeWork {
  readonly files: readonly PlacedFile[];
}

/** Everything in these folders goes; the empty folders are uid's and gid's. */
export interface EmptyingOfFolders extends VolumeWork {
  /** By their paths from the volume's root. */
  readonly folders: readonly string[];
  readonly signal?: AbortSignal | undefined;
}
