/** This machine's memory and swap, bytes. */
export interface Meminfo {
  readonly total: number;
  /** What programs can still get without swapping; on kernels before 3.14 what is free. */
  readonly available: number;
  readonly swapTotal: number;
  readonly swapFree: number;
}

/** /proc/meminfo, which counts in kB of 1024; undefined when it tells no total. */
export function parseMeminfo(text: string): Meminfo | undefined {
  const bytes = (key: string) => {
    const kilobytes = new RegExp(`^${key}:[ \\t]+(\\d{1,15}) kB`, 'm').exec(text)?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
  };
  const total = bytes('MemTotal');
  const available = bytes('MemAvailable') ?? bytes('MemFree');
  if (total === undefined || available === undefined) return undefined;
  return { total, available, swapTotal: bytes('SwapTotal') ?? 0, swapFree: bytes('SwapFree') ?? 0 };
}
