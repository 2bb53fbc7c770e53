import type { Remedy } from '../finding.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { Place } from './place.ts';

/** What writes the kernel's command line: its file, and the command that carries a change into the boot menu. */
export interface BootLoader {
  readonly kind: 'grub' | 'grubby' | 'raspberry-pi' | 'extlinux' | 'alpine' | 'systemd-boot';
  readonly file: string;
  /** Undefined where the file itself is what the machine boots from. */
  readonly refresh: string | undefined;
}

const GRUB_DEFAULTS = '/etc/default/grub';
const BINARIES = ['/usr/sbin', '/sbin', '/usr/bin', '/bin'];

/** The boot loader of this machine by the files it left; undefined where none is known. */
export function findBootLoader(files: HostFiles): BootLoader | undefined {
  const isThere = (path: string) => files.status(path) !== undefined;
  const program = (name: string) => BINARIES.some((folder) => isThere(`${folder}/${name}`));
  const first = (...paths: string[]) => paths.find(isThere);

  const pi = first('/boot/firmware/cmdline.txt', '/boot/cmdline.txt');
  if (pi !== undefined) return { kind: 'raspberry-pi', file: pi, refresh: undefined };
  if (program('grubby')) return { kind: 'grubby', file: GRUB_DEFAULTS, refresh: undefined };
  if (isThere(GRUB_DEFAULTS)) {
    if (program('update-grub')) return { kind: 'grub', file: GRUB_DEFAULTS, refresh: 'update-grub' };
    const menu = first('/boot/grub2/grub.cfg') ?? '/boot/grub/grub.cfg';
    const make = program('grub2-mkconfig') ? 'grub2-mkconfig' : 'grub-mkconfig';
    return { kind: 'grub', file: GRUB_DEFAULTS, refresh: `${make} -o ${menu}` };
  }
  if (isThere('/etc/update-extlinux.conf')) return { kind: 'alpine', file: '/etc/update-extlinux.conf', refresh: 'update-extlinux' };
  const extlinux = first('/boot/extlinux/extlinux.conf', '/extlinux/extlinux.conf');
  if (extlinux !== undefined) return { kind: 'extlinux', file: extlinux, refresh: undefined };
  if (isThere('/etc/kernel/cmdline')) return { kind: 'systemd-boot', file: '/etc/kernel/cmdline', refresh: 'kernel-install add-all' };
  return undefined;
}

/** One change of the kernel's command line. */
export interface ParameterChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** How a person makes that change here, reboot included. */
export function parameterRemedy(change: ParameterChange, loader: BootLoader | undefined, place: Place): Remedy {
  const { add, remove } = change;
  const words = [...add.map((word) => `add ${word}`), ...remove.map((word) => `remove ${word}`)].join(' and ');
  if (place.virtualisation === 'wsl') {
    const line = add.length > 0 ? `kernelCommandLine = ${add.join(' ')}` : `kernelCommandLine, without ${remove.join(' ')}`;
    return {
      text: `In Windows, write into %UserProfile%\\.wslconfig, section [wsl2]: ${line}; then end WSL, which starts anew by itself.`,
      commands: ['wsl --shutdown'],
    };
  }
  if (place.ownsKernel === false) {
    return { text: `The kernel is the provider's: ask there to ${words} on its command line.`, commands: [] };
  }
  if (loader === undefined)
    return { text: `Have your boot loader ${words} on the kernel's command line, then reboot.`, commands: ['reboot'] };
  const refresh = loader.refresh === undefined ? [] : [loader.refresh];
  return {
    text: `On the kernel's command line, in ${loader.file}, ${words}; it holds from the next boot on.`,
    commands: [...edits(change, loader), ...refresh, 'reboot'],
  };
}

function edits({ add, remove }: ParameterChange, { kind, file }: BootLoader): readonly string[] {
  if (kind === 'grubby') {
    return [
      ...(add.length === 0 ? [] : [`grubby --update-kernel=ALL --args="${add.join(' ')}"`]),
      ...(remove.length === 0 ? [] : [`grubby --update-kernel=ALL --remove-args="${remove.join(' ')}"`]),
    ];
  }
  const removals = remove.map((word) => `sed -i 's/\\b${word}\\b//' ${file}`);
  if (add.length === 0) return removals;
  const words = add.join(' ');
  return [...removals, addition(kind, file, words)];
}

function addition(kind: BootLoader['kind'], file: string, words: string): string {
  switch (kind) {
    case 'grub':
      // The file is a shell script: a line at its end adds to whatever stands above, however that is quoted.
      return `echo 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX ${words}"' >> ${file}`;
    case 'alpine':
      return `sed -i 's/^default_kernel_opts="/&${words} /' ${file}`;
    case 'extlinux':
      return `sed -i -E 's/^[ \\t]*(append|APPEND) .*/& ${words}/' ${file}`;
    default:
      return `sed -i '1s/$/ ${words}/' ${file}`;
  }
}
