/** A moment of a long transfer or build; `total` is 0 while unknown. */
export interface Progress {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes' | 'packages' | 'seconds';
}

export type OnProgress = (progress: Progress) => void;
