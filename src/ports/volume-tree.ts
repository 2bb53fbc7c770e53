/** One thing in a node's volumes. */
export interface TreeEntry {
  /** `<part>/<path in its volume>`, without a slash at the end; `<part>` alone is the volume's root. */
  readonly path: string;
  /** `other`: a link, a device, a socket, whatever is neither. */
  readonly kind: 'file' | 'folder' | 'other';
  /** Permission bits. */
  readonly mode: number;
  /** Bytes of the content; 0 for what is no file. */
  readonly size: number;
  /** To be read, once, before the next entry is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

/** A volume, and under which part its files go by. */
export interface PartVolume {
  readonly part: string;
  readonly volume: string;
}

export interface TreeReading {
  /** With the paths in it that are wanted, of which none need exist; '' is all of it. */
  readonly volumes: readonly (PartVolume & { readonly paths: readonly string[] })[];
  /** It only has to exist. */
  readonly image: string;
  /** A container's name; one that an earlier run left is removed. */
  readonly helper: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

export interface TreeWriting {
  readonly volumes: readonly PartVolume[];
  /** Files and folders alone, each below one of the parts. */
  readonly entries: AsyncIterable<TreeEntry>;
  readonly image: string;
  readonly helper: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Whose everything shall be, the volumes' roots included. */
  readonly uid: number;
  readonly gid: number;
  readonly signal?: AbortSignal | undefined;
}
