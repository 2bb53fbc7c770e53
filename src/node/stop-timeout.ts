/** Geth's clean close may flush gigabytes; the engine's own shutdown honours this too. */
export const STOP_TIMEOUT_SECONDS = 300;
