/**
 * How a size is kept: `quota` by the filesystem's project quotas, `sized` by a filesystem of its own in an image file, `driver` by the
 * engine's storage driver (the container's layer alone), `watchdog` by stopping geth at the limit, `none` by nothing.
 */
export const STORAGE_MODES = ['quota', 'sized', 'driver', 'watchdog', 'none'] as const;

export type StorageMode = (typeof STORAGE_MODES)[number];

/** What `--storage-mode` takes. */
export const ASKED_STORAGE_MODES = ['auto', 'quota', 'sized', 'driver', 'watchdog'] as const;

export type AskedStorageMode = (typeof ASKED_STORAGE_MODES)[number];
