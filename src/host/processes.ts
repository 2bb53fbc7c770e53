import type { HostFiles } from '../ports/host-files.ts';

/** The longest name the kernel keeps of a program. */
const LONGEST_NAME = 15;

/** One process by its number and its program's name, of which the kernel keeps 15 bytes. */
export interface Process {
  readonly pid: number;
  readonly name: string;
}

/** The processes that files of this machine show; none where /proc is not readable. */
export function processes(files: HostFiles): readonly Process[] {
  return (files.list('/proc') ?? []).flatMap((entry) => {
    if (!/^\d{1,9}$/.test(entry)) return [];
    const name = programName(files, Number(entry));
    return name === undefined ? [] : [{ pid: Number(entry), name }];
  });
}

/** The engine's own process: by its pid file, else by its name. */
export function engineProcess(files: HostFiles): number | undefined {
  for (const path of ['/var/run/docker.pid', '/run/docker.pid']) {
    const file = files.read(path, 32);
    const pid = 'text' in file && /^\d{1,9}\s*$/.test(file.text) ? Number(file.text) : undefined;
    if (pid !== undefined && programName(files, pid) === 'dockerd') return pid;
  }
  return processes(files).find(({ name }) => name === 'dockerd')?.pid;
}

function programName(files: HostFiles, pid: number): string | undefined {
  const file = files.read(`/proc/${pid}/comm`, LONGEST_NAME + 1);
  return 'text' in file ? file.text.trim() : undefined;
}
