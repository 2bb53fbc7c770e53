/** How geth keeps the state: by hash (every version), or by path (1.13.0 and later; the default of new databases from 1.14.0 on). */
export const STATE_SCHEMES = ['hash', 'path'] as const;

export type StateScheme = (typeof STATE_SCHEMES)[number];
