import type { ContainerSpec, ContainerSummary, ObservedContainer, PlacedFile } from '../../src/ports/containers.ts';
import type { EngineInfo, LogLine, LogQuery } from '../../src/ports/engine.ts';
import type { ProgramRun } from './fake-program.ts';

const KILLED = 137;

/** A file as an engine keeps it. */
export type FakeFile = PlacedFile & { readonly uid: number; readonly gid: number };

/** One container in memory: its life as the engine tells it. */
export class FakeContainer {
  readonly id: string;
  readonly spec: ContainerSpec;
  /** What was put into its own layer, by absolute path. */
  readonly files = new Map<string, FakeFile>();
  observed: ObservedContainer;
  /** Told of what happens to it, in the engine's words. */
  onEvent: (action: string, detail?: { readonly exitCode?: number; readonly signal?: number }) => void = () => {};
  readonly #lines: LogLine[] = [];
  #run: ProgramRun = { lines: [] };
  #waiting: (() => void)[] = [];

  constructor(id: string, spec: ContainerSpec, imageId: string, enforces: EngineInfo['enforces']) {
    this.id = id;
    this.spec = spec;
    const asked = spec.limits.memorySwap === 0 ? spec.limits.memory * 2 : spec.limits.memorySwap;
    this.observed = {
      id,
      name: spec.name,
      labels: spec.labels,
      imageId,
      imageRef: spec.image,
      state: 'created',
      exitCode: 0,
      oomKilled: false,
      error: '',
      createdAt: Date.now(),
      startedAt: 0,
      finishedAt: 0,
      restartCount: 0,
      pid: 0,
      args: spec.args,
      env: spec.env,
      // An engine without swap accounting drops the limit without a word.
      limits: { ...spec.limits, memorySwap: enforces.swap ? asked : -1 },
      stopTimeoutSeconds: spec.stopTimeoutSeconds,
      mounts: spec.mounts.map((mount) => ({ ...mount, source: `/fake/volumes/${mount.volume}/_data` })),
      ports: spec.ports,
      tty: false,
      log: { driver: 'json-file', options: { 'max-size': spec.log.maxSize, 'max-file': String(spec.log.maxFiles) } },
      addresses: { [spec.network]: '' },
    };
  }

  get running(): boolean {
    return this.observed.state === 'running';
  }

  start(run: ProgramRun): void {
    this.#run = run;
    // An engine counts nanoseconds: no two instants of one container's life are one.
    const startedAt = Math.max(Date.now(), this.observed.finishedAt + 1);
    this.observed = { ...this.observed, state: 'running', startedAt, pid: 4242, exitCode: 0, error: '' };
    const address = this.spec.network === 'none' ? '' : `172.30.0.${1 + (Number(this.id) % 250)}`;
    this.observed = { ...this.observed, addresses: { [this.spec.network]: address } };
    this.onEvent('start');
    for (const line of run.lines) this.print(line.text, line.stream);
    if (run.exitCode !== undefined) this.end(run.exitCode);
  }

  /** The container's stop signal, and SIGKILL to what ignores it. */
  stop(): void {
    if (!this.running) return;
    this.onEvent('kill', { signal: this.spec.stopSignal === 'SIGINT' ? 2 : 15 });
    const { stopped } = this.#run;
    const heeds = stopped !== undefined && (this.spec.stopSignal ?? 'SIGTERM') === (stopped.by ?? 'SIGTERM');
    for (const line of heeds ? stopped.lines : []) this.print(line, 'stdout');
    this.end(heeds ? stopped.exitCode : KILLED);
    this.onEvent('stop');
  }

  /** Ends it from outside, as a crash, a kill or the kernel's OOM killer would. */
  end(exitCode: number, how: { readonly oomKilled?: boolean } = {}): void {
    if (!this.running) return;
    const finishedAt = Math.max(Date.now(), this.observed.startedAt + 1);
    this.observed = { ...this.observed, state: 'exited', exitCode, pid: 0, finishedAt, oomKilled: how.oomKilled ?? false };
    this.observed = { ...this.observed, addresses: { [this.spec.network]: '' } };
    if (how.oomKilled) this.onEvent('oom');
    this.onEvent('die', { exitCode });
    for (const wake of this.#waiting.splice(0)) wake();
  }

  print(text: string, stream: LogLine['stream'] = 'stdout'): void {
    // A program says nothing before it was started.
    const time = new Date(Math.max(Date.now(), this.observed.startedAt)).toISOString();
    this.#lines.push({ stream, text, time });
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves at the next line or at the end. */
  change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async *logs(query: LogQuery): AsyncGenerator<LogLine> {
    const { since = 0, until = Number.POSITIVE_INFINITY } = query;
    const past = this.#lines.filter(({ time }) => Date.parse(time) >= since && Date.parse(time) <= until);
    let at = this.#lines.length;
    yield* query.tail === undefined ? past : past.slice(Math.max(0, past.length - query.tail));
    while (query.follow) {
      while (at < this.#lines.length) {
        const line = this.#lines[at++];
        if (line) yield line;
      }
      if (!this.running || query.signal?.aborted) return;
      await Promise.race([this.change(), aborted(query.signal)]);
    }
  }

  summary(): ContainerSummary {
    const { id, name, labels, state, createdAt, ports, exitCode } = this.observed;
    const status = this.running ? 'Up 1 second' : state === 'exited' ? `Exited (${exitCode}) 1 second ago` : 'Created';
    return { id, name, labels, state, status, createdAt, ports: this.running ? ports : [] };
  }
}

/** Resolves when the signal is aborted; never without one. */
export function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve();
    else signal?.addEventListener('abort', () => resolve(), { once: true });
  });
}
