import { NodectlError } from '../../src/errors.ts';
import type { HostChanges } from '../../src/ports/host-changes.ts';
import type { FilesystemFacts, HostFiles } from '../../src/ports/host-files.ts';
import type { Ran } from '../../src/ports/volume-run.ts';

const GIB = 2 ** 30;

/** A process that was killed does nothing any more: no error of ours, and nothing is taken back. */
export class Killed extends Error {}

export interface FakeFile {
  text: string;
  mode: number;
  /** Bytes; of a swap file more than its text. */
  size: number;
  uid: number;
  holes?: boolean;
}

const ok: Ran = { exitCode: 0, stdout: '', stderr: '' };
const failed = (stderr: string): Ran => ({ exitCode: 255, stdout: '', stderr });

/** Programs that succeed and change nothing that is looked at. */
const OTHERS = ['mkdir', 'rmdir', 'kill', 'systemctl', 'update-grub', 'chown'];

/** A small machine in memory: files, the kernel's swap areas, one lock; every act is counted and may be made to fail. */
export class FakeMachine {
  readonly files = new Map<string, FakeFile>();
  readonly areas = new Map<string, { size: number; used: number }>();
  readonly links = new Map<string, string>();
  /** Files whose text is made when they are read. */
  readonly live = new Map<string, () => string>();
  /** Further programs; undefined for those it does not know. */
  programs: (words: readonly string[]) => Ran | undefined = () => undefined;
  memory = { total: 2 * GIB, available: GIB };
  disk: FilesystemFacts = {
    ...{
      type: 'ext4',
      mountPoint: '/',
      source: '/dev/vda',
      options: ['rw'],
      total: 100 * GIB,
      free: 60 * GIB,
      inodes: 1000,
      inodesFree: 900,
    },
  };
  uid = 0;
  acts: string[] = [];
  /** Called before each act, with its number from 0; it may throw or interrupt. */
  before: (act: string, index: number) => void = () => {};
  /** What swapon says instead of doing it. */
  swapOnSays: ((path: string, file: FakeFile) => string | undefined) | undefined;
  locked = false;
  killed = false;

  constructor() {
    this.put('/etc/fstab', '# a file system\nUUID=1 / ext4 defaults 0 1\n', 0o644);
    this.put('/proc/sys/vm/swappiness', '60\n', 0o644);
    this.put('/proc/sys/kernel/osrelease', '6.1.0-18-amd64\n', 0o444);
    this.put('/proc/self/status', 'CapEff:\t000001ffffffffff\n', 0o444);
  }

  put(path: string, text: string, mode = 0o600): void {
    this.files.set(path, { text, mode, size: Buffer.byteLength(text), uid: 0 });
  }

  /** The process runs as this user from now on. */
  become(uid: number): void {
    this.uid = uid;
  }

  /** The disk is of another kind from now on. */
  change(disk: Partial<FilesystemFacts>): void {
    this.disk = { ...this.disk, ...disk };
  }

  text(path: string): string | undefined {
    return this.live.get(path)?.() ?? this.files.get(path)?.text;
  }

  /** Everything that lasts, as text: each file with its mode and size, and the swap areas. */
  state(): string {
    const files = [...this.files].sort().map(([path, file]) => {
      const text = JSON.stringify(file.text.replace(/\0{2,}/g, '\0…'));
      return `${path} ${file.uid} ${file.mode.toString(8)} ${file.size}${file.holes ? ' with holes' : ''} ${text}`;
    });
    const links = [...this.links].sort().map(([path, target]) => `${path} → ${target}`);
    return [...files, ...links, ...[...this.areas.keys()].sort().map((path) => `swap ${path}`)].join('\n');
  }

  readonly hostFiles: HostFiles = Object.defineProperty(
    {
      read: (path: string, limit = 256 * 1024) => {
        const text = path === '/proc/swaps' ? this.#swaps() : path === '/proc/meminfo' ? this.#meminfo() : this.text(path);
        if (text === undefined) return { failure: 'missing' as const };
        if (this.uid !== 0 && (this.files.get(path)?.mode ?? 0o444) === 0o600) return { failure: 'denied' as const };
        return { text: text.slice(0, limit) };
      },
      list: (path: string) => {
        const names = [...this.files.keys()].flatMap((file) =>
          file.startsWith(`${path}/`) ? [file.slice(path.length + 1).split('/')[0] ?? ''] : [],
        );
        return names.length === 0 ? undefined : [...new Set(names)];
      },
      status: (path: string) => {
        const file = this.files.get(path);
        return file && { kind: 'file' as const, mode: file.mode, uid: file.uid, size: file.size, allocated: file.holes ? 0 : file.size };
      },
      link: (path: string) => this.links.get(path),
      filesystem: () => this.disk,
      uid: 0,
    },
    'uid',
    { get: () => this.uid },
  );

  readonly hostChanges: HostChanges = {
    run: async (words) => {
      this.#act(words.join(' '));
      return this.#program(words);
    },
    writeFile: (path, text, mode) => {
      this.#act(`write ${path}`);
      this.put(path, text, this.files.get(path)?.mode ?? mode);
    },
    removeFile: (path) => {
      this.#act(`remove ${path}`);
      if (this.areas.has(path)) throw new NodectlError('PERMISSION', `${path} is in use`);
      this.files.delete(path);
      this.links.delete(path);
    },
    publish: (from, to) => {
      this.#act(`publish ${to}`);
      const file = this.files.get(from);
      if (file === undefined || this.files.has(to)) throw new NodectlError('HOST_REFUSED', `${to} exists`);
      this.files.set(to, file);
      this.files.delete(from);
    },
    allocate: async (path, bytes, { how }, onProgress, signal) => {
      this.#act(`create ${path}`);
      if (this.files.has(path)) throw new NodectlError('HOST_REFUSED', `${path} exists`);
      const file: FakeFile = {
        text: '\0'.repeat(2048),
        mode: 0o600,
        size: 4096,
        uid: 0,
        holes: how === 'reserve' && this.swapOnSays !== undefined,
      };
      this.files.set(path, file);
      try {
        this.#act(`fill ${path}`);
        if (bytes > this.disk.free) throw new NodectlError('DISK_FULL', 'full');
        if (signal.aborted) throw new NodectlError('INTERRUPTED', 'interrupted');
      } catch (thrown) {
        if (!(thrown instanceof Killed)) this.files.delete(path);
        throw thrown;
      }
      onProgress({ what: 'Writing', done: bytes, total: bytes, unit: 'bytes' });
      file.size = bytes;
    },
    setKernelValue: (path, value) => {
      this.#act(`set ${path} ${value}`);
      if (Number(value) > 200) throw new NodectlError('HOST_REFUSED', 'refused');
      this.put(path, `${value}\n`, 0o644);
    },
    resolve: (path) => path,
    lock: async () => {
      if (this.locked) return undefined;
      this.locked = true;
      return () => {
        this.locked = false;
      };
    },
  };

  /** A new process on the same machine: nothing fails any more, and the lock of the dead one is free. */
  revive(): void {
    this.before = () => {};
    this.killed = false;
    this.locked = false;
    this.acts = [];
  }

  #act(what: string): void {
    if (this.killed) throw new Killed();
    this.acts.push(what);
    this.before(what, this.acts.length - 1);
  }

  #program([program, ...args]: readonly string[]): Ran {
    const further = this.programs([program ?? '', ...args]);
    if (further !== undefined) return further;
    const path = args.at(-1) ?? '';
    if (OTHERS.includes(program ?? '')) return ok;
    const file = this.files.get(path);
    if (program === 'swapoff') return this.areas.delete(path) ? ok : failed(`swapoff: ${path}: swapoff failed: Invalid argument`);
    if (file === undefined) return failed(`${program}: cannot open ${path}: No such file or directory`);
    if (program === 'mkswap')
      file.text = `${'\0'.repeat(1024)}\u0001\0\0\0abcd\0\0\0\0UUIDUUIDUUIDUUIDnodectl\0${'\0'.repeat(3000)}SWAPSPACE2`;
    if (program === 'chmod') file.mode = Number.parseInt(args[0] ?? '', 8);
    if (program === 'swapon') {
      if (this.areas.has(path)) return failed(`swapon: ${path}: swapon failed: Device or resource busy`);
      const said = this.swapOnSays?.(path, file);
      if (said !== undefined) return failed(`swapon: ${path}: swapon failed: ${said}`);
      this.areas.set(path, { size: file.size - 4096, used: 0 });
    }
    return ok;
  }

  #swaps(): string {
    const lines = [...this.areas].map(
      ([path, { size, used }]) => `${path.replaceAll(' ', '\\040')}\tfile\t\t${size / 1024}\t${used / 1024}\t-2`,
    );
    return ['Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority', ...lines, ''].join('\n');
  }

  #meminfo(): string {
    const swap = [...this.areas.values()].reduce((sum, { size }) => sum + size, 0);
    const { total, available } = this.memory;
    return `MemTotal: ${total / 1024} kB\nMemAvailable: ${available / 1024} kB\nSwapTotal: ${swap / 1024} kB\nSwapFree: ${swap / 1024} kB\n`;
  }
}
