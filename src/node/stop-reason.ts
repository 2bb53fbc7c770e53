/**
 * Why a node was stopped in good order for want of room: `disk-low` by geth itself, below its `--datadir.minfreedisk`; `storage-limit` by
 * `nodectl watch --guard`, at its `--storage`.
 */
export const STOP_REASONS = ['disk-low', 'storage-limit'] as const;

export type StopReason = (typeof STOP_REASONS)[number];

/** `disk low` */
export function stopReasonText(reason: StopReason): string {
  return reason.replace('-', ' ');
}
