import type { Provider } from './provider.ts';

/** A checkpoint that providers agreed on before a consensus client begins, and who is who among them. */
export interface AgreedOrigin {
  /** Lower case. */
  readonly root: string;
  readonly epoch: number;
  /** The epoch's first slot. */
  readonly slot: number;
  /** False where one alone was taken at its word. */
  readonly confirmed: boolean;
  /** Whom the client asks for the state. */
  readonly from: Provider;
  /** Those of other owners, who can be asked whether it was served what was agreed on. */
  readonly others: readonly Provider[];
}

interface Agreed {
  readonly root: string;
  readonly epoch: number;
  readonly slot: number;
  readonly confirmed: boolean;
  /** Whole addresses, that of the client's provider first. */
  readonly agreed: readonly string[];
}

/** Undefined where nobody agreed. */
export function agreedOrigin({ root, epoch, slot, confirmed, agreed }: Agreed, asked: readonly Provider[]): AgreedOrigin | undefined {
  const [from, ...more] = agreed.flatMap((address) => asked.find(({ url }) => url === address) ?? []);
  if (from === undefined) return undefined;
  const others = more.filter(({ owner }) => owner.toLowerCase() !== from.owner.toLowerCase());
  return { root, epoch, slot, confirmed, from, others };
}
