import type { HostFiles } from '../../ports/host-files.ts';

const PID_FILES = ['/var/run/docker.pid', '/run/docker.pid'];
/** What Debian's init script and unit hand on. */
const DEFAULTS_FILE = '/etc/default/docker';

/**
 * Names of the options the engine is started with, without their dashes: `shutdown-timeout`. An engine refuses to start when one
 * stands both there and in its daemon.json.
 */
export function engineFlags(files: HostFiles): ReadonlySet<string> {
  const pid = enginePid(files);
  const line = pid === undefined ? undefined : files.read(`/proc/${pid}/cmdline`);
  const words = line !== undefined && 'text' in line ? line.text.split('\0') : [];
  const defaults = files.read(DEFAULTS_FILE);
  const options = 'text' in defaults ? (/^\s*DOCKER_OPTS=(.*)$/m.exec(defaults.text)?.[1] ?? '') : '';
  return new Set([...words, ...options.split(/[\s"']+/)].flatMap((word) => /^--([a-z][a-z-]*)/.exec(word)?.[1] ?? []));
}

/** The process of the engine that runs here; undefined where none does or its process is another's by now. */
export function enginePid(files: HostFiles): number | undefined {
  for (const path of PID_FILES) {
    const file = files.read(path, 64);
    const pid = 'text' in file ? file.text.trim() : '';
    const name = /^\d{1,10}$/.test(pid) ? files.read(`/proc/${pid}/comm`, 64) : undefined;
    if (name !== undefined && 'text' in name && name.text.trim() === 'dockerd') return Number(pid);
  }
  return undefined;
}
