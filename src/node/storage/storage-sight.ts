/** What caps a volume of the engine's local driver by itself. */
export type QuotaKind = 'xfs project quota' | 'ext4 project quota';

/** What the engine and its host can do for the size of a chain. */
export interface StorageSight {
  /** The engine's host is this machine. */
  readonly local: boolean;
  readonly root: boolean;
  /** Of the disk that the engine keeps volumes on; undefined where it has none, or it cannot be seen. */
  readonly quota: QuotaKind | undefined;
  /** What the engine's storage driver does with a size for a container's own layer. */
  readonly layer: 'kept' | 'ignored' | 'refused';
  /** Why this machine can make no filesystem in a file; undefined where it can. */
  readonly sizedObstacle: string | undefined;
  /** Of the disk that volumes lie on; undefined where it cannot be seen. */
  readonly disk: { readonly type: string; readonly free: number } | undefined;
  /** The storage driver's name. */
  readonly driver: string;
}
