/** A kernel's release, as far as its abilities go. */
export interface KernelVersion {
  readonly major: number;
  readonly minor: number;
}

/** From `uname -r` or /proc/sys/kernel/osrelease, whatever a distribution adds: `5.10.0-28-amd64`, `6.18.44-gentoo`, `3.10.0-1160.el7`. */
export function parseKernelVersion(text: string): KernelVersion | undefined {
  const [, major, minor] = /^\s*(\d{1,3})\.(\d{1,4})(?![\d])/.exec(text) ?? [];
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) };
}

export function isBefore(version: KernelVersion, major: number, minor: number): boolean {
  return version.major < major || (version.major === major && version.minor < minor);
}
