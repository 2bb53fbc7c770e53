import type { SizedPlace } from '../node/storage/sized-place.ts';

/** One act on the host: each kind is one call of the port. */
export type HostAct =
  /** Without `accepts`, exit code 0 alone is success. */
  | { readonly kind: 'run'; readonly words: readonly string[]; readonly accepts?: readonly number[] }
  | { readonly kind: 'remove-file'; readonly path: string }
  /** `expected` is the text the plan was made from, undefined for no file: what changed meanwhile is not overwritten. */
  | {
      readonly kind: 'write-file';
      readonly path: string;
      readonly expected: string | undefined;
      /** Undefined removes the file. */
      readonly text: string | undefined;
      readonly mode: number;
    }
  | {
      readonly kind: 'allocate';
      readonly path: string;
      readonly bytes: number;
      readonly how: 'reserve' | 'write';
      readonly noCopyOnWrite: boolean;
    }
  | { readonly kind: 'publish'; readonly from: string; readonly to: string }
  | { readonly kind: 'swap-on' | 'swap-off'; readonly path: string }
  /** Gives the file of a volume a loop device and a link that names it; takes both away. */
  | { readonly kind: 'attach-loop' | 'detach-loop'; readonly place: SizedPlace }
  | { readonly kind: 'set-kernel-value'; readonly path: string; readonly value: string };

/** One step of a change to the host, told before it is done. */
export interface HostStep {
  readonly id: string;
  /** Why it is done, a sentence without a stop. */
  readonly cause: string;
  /** What does the same by hand, and what takes it back; null where nothing has to be taken back. */
  readonly command: string;
  readonly undo: string | null;
  readonly act: HostAct;
  /** What takes the act back when a later one fails or the person interrupts; `needless` leaves it, `impossible` says that from here on only forward helps. */
  readonly revert: HostAct | 'needless' | 'impossible';
}
