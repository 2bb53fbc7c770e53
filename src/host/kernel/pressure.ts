/** Shares of the last minute, percent, in which somebody (`some`) or everybody (`full`) waited for the resource. */
export interface Pressure {
  readonly some: number;
  readonly full: number;
}

/** /proc/pressure/memory; undefined when it has another shape. */
export function parsePressure(text: string): Pressure | undefined {
  const share = (kind: string) => {
    const value = new RegExp(`^${kind} .*\\bavg60=(\\d{1,3}(?:\\.\\d{1,4})?)\\b`, 'm').exec(text)?.[1];
    return value === undefined ? undefined : Number(value);
  };
  const some = share('some');
  return some === undefined ? undefined : { some, full: share('full') ?? 0 };
}
