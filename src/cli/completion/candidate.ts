/** A word that may stand where the cursor is. */
export interface Candidate {
  readonly value: string;
  /** One line, '' where the word speaks for itself. */
  readonly description: string;
}

/** What may stand where the cursor is. */
export interface Offer {
  readonly candidates: readonly Candidate[];
  /** The path of a file may stand there too. */
  readonly files: boolean;
}

export const NOTHING: Offer = { candidates: [], files: false };
