/** Milliseconds since the epoch of an engine's timestamp; 0 for its "never", year one, and for none. */
export function engineInstant(text: string | undefined): number {
  const instant = Date.parse(text ?? '');
  return Number.isNaN(instant) || instant < 0 ? 0 : instant;
}
