import type { Ran } from '../../src/ports/volume-run.ts';
import type { FakeEngine } from './fake-engine.ts';
import type { FakeMachine } from './fake-machine.ts';

const ok = (stdout = ''): Ran => ({ exitCode: 0, stdout, stderr: '' });
const failed = (stderr: string): Ran => ({ exitCode: 1, stdout: '', stderr });
const BLOCK = 4096;

/** What a machine must have for filesystems in files: programs, loop devices, ext4. A file's filesystem is its text: `ext4 <bytes>`. */
export class FakeLoops {
  /** Loop devices there are at all. */
  most = 8;
  /** False where the kernel refuses to grow a filesystem in use. */
  growsInUse = true;
  /** Files whose filesystem was mounted before. */
  readonly used = new Set<string>();
  readonly #machine: FakeMachine;

  constructor(machine: FakeMachine) {
    this.#machine = machine;
    machine.put('/dev/loop-control', '');
    machine.put('/proc/filesystems', 'nodev\tproc\n\text4\n', 0o444);
    for (const program of ['mkfs.ext4', 'losetup', 'fallocate', 'e2fsck', 'resize2fs', 'dumpe2fs']) machine.put(`/usr/sbin/${program}`, '');
    machine.programs = (words) => this.#run(words);
  }

  /** `/dev/loopN` by file. */
  attached(): ReadonlyMap<string, string> {
    const devices = [...this.#machine.files.keys()].filter((path) => path.endsWith('/loop/backing_file'));
    return new Map(devices.map((path) => [this.#machine.text(path) ?? '', `/dev/${path.split('/')[3]}`]));
  }

  /** Mounts the device somewhere, as the engine does. */
  mount(device: string, point: string): void {
    const number = device.replace('/dev/loop', '');
    this.#machine.put('/proc/self/mountinfo', `9 1 7:${number} / ${point} rw - ext4 /dev/nodectl/x rw\n`, 0o444);
  }

  unmount(): void {
    this.#machine.files.delete('/proc/self/mountinfo');
  }

  /** Whatever runs on this engine has its volumes mounted. */
  mountsOf(engine: FakeEngine): void {
    this.#machine.live.set('/proc/self/mountinfo', () =>
      [...engine.containers.values()]
        .filter(({ running }) => running)
        .flatMap(({ observed }) => observed.mounts)
        .flatMap(({ volume, source }) => {
          const device = this.#machine.links.get(engine.volumes.get(volume)?.options?.device ?? '');
          return device === undefined ? [] : [`9 1 7:${device.replace('/dev/loop', '')} / ${source} rw - ext4 x rw`];
        })
        .join('\n'),
    );
  }

  /** A boot: devices and links are gone, files stay. */
  boot(): void {
    for (const path of [...this.#machine.files.keys()].filter((file) => file.startsWith('/sys/block/'))) this.#machine.files.delete(path);
    this.#machine.links.clear();
    this.unmount();
  }

  /** Bytes of the filesystem in a file. */
  filesystem(image: string): number {
    return Number(/^ext4 (\d+)$/.exec(this.#machine.text(image) ?? '')?.[1] ?? 0);
  }

  #run(words: readonly string[]): Ran | undefined {
    const machine = this.#machine;
    const [program, ...args] = words;
    const last = args.at(-1) ?? '';
    const image = this.#imageOf(last);
    const file = machine.files.get(image);
    switch (program) {
      case 'install':
        return ok();
      case 'mkfs.ext4':
        if (file === undefined) return failed('no such file');
        file.text = `ext4 ${file.size}`;
        return ok();
      case 'fallocate': {
        if (file === undefined) return failed('no such file');
        file.size = Math.max(file.size, Number(args[1]));
        file.holes = false;
        return ok();
      }
      case 'losetup':
        return this.#losetup(args, last);
      case 'ln':
        machine.links.set(last, args.at(-2) ?? '');
        return ok();
      case 'e2fsck':
        return this.#inUse() ? { exitCode: 8, stdout: '', stderr: `${last} is in use.` } : ok();
      case 'resize2fs': {
        if (file === undefined) return failed('no such file');
        if (!this.#inUse() || this.growsInUse) file.text = `ext4 ${this.#shown(last)}`;
        return ok();
      }
      case 'dumpe2fs':
        if (file === undefined || this.filesystem(image) === 0) return failed('Bad magic number');
        return ok(
          `Block count:              ${this.filesystem(image) / BLOCK}\nBlock size:               ${BLOCK}\nLast mount time:          ${this.used.has(image) ? 'Sat Nov 21 20:57:58 2026' : 'n/a'}\n`,
        );
      default:
        return undefined;
    }
  }

  #losetup(args: readonly string[], last: string): Ran {
    const machine = this.#machine;
    const folder = (device: string) => `/sys/block/${device.replace('/dev/', '')}`;
    if (args[0] === '-d') {
      for (const path of [...machine.files.keys()].filter((file) => file.startsWith(`${folder(last)}/`))) machine.files.delete(path);
      return ok();
    }
    if (args[0] === '-c') {
      machine.put(`${folder(last)}/size`, `${(machine.files.get(this.#imageOf(last))?.size ?? 0) / 512}\n`, 0o444);
      return ok();
    }
    const there = this.attached().get(last);
    if (there !== undefined) return ok(`${there}\n`);
    const free = Array.from({ length: this.most }, (_, at) => `/dev/loop${at}`).find(
      (device) => ![...this.attached().values()].includes(device),
    );
    const file = machine.files.get(last);
    if (free === undefined) return failed('losetup: cannot find an unused loop device');
    if (file === undefined) return failed(`losetup: ${last}: No such file or directory`);
    machine.put(`${folder(free)}/loop/backing_file`, last, 0o444);
    machine.put(`${folder(free)}/size`, `${file.size / 512}\n`, 0o444);
    machine.put(`${folder(free)}/dev`, `7:${free.replace('/dev/loop', '')}\n`, 0o444);
    return ok(`${free}\n`);
  }

  #imageOf(path: string): string {
    const device = this.#machine.links.get(path) ?? path;
    return [...this.attached()].find(([, attached]) => attached === device)?.[0] ?? path;
  }

  #shown(path: string): number {
    const device = (this.#machine.links.get(path) ?? path).replace('/dev/', '');
    return Number(this.#machine.text(`/sys/block/${device}/size`) ?? 0) * 512;
  }

  #inUse(): boolean {
    return (this.#machine.text('/proc/self/mountinfo') ?? '') !== '';
  }
}
