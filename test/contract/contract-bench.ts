import { afterEach, beforeAll, expect } from 'vitest';
import { type ErrorCode, NodectlError } from '../../src/errors.ts';
import { LABEL_NODE } from '../../src/node/labels.ts';
import type { ContainerSpec, PlacedFile } from '../../src/ports/containers.ts';
import type { Engine, LogLine, LogQuery } from '../../src/ports/engine.ts';

/** An engine with the probe image on it. */
export interface ContractSubject {
  readonly engine: Engine;
  /** A reference of the probe image. */
  readonly image: string;
}

export const MIB = 2 ** 20;

/** What the expectations work with: an engine, and one name at a time for a node, its container and its volume. */
export class ContractBench {
  name = '';
  #subject: ContractSubject | undefined;
  #serial = 0;

  get engine(): Engine {
    return this.subject.engine;
  }
  get image(): string {
    return this.subject.image;
  }
  get parts() {
    return { name: this.name, container: this.name, volume: this.name };
  }
  get subject(): ContractSubject {
    if (!this.#subject) throw new Error('the engine is not open yet');
    return this.#subject;
  }
  set subject(subject: ContractSubject) {
    this.#subject = subject;
  }

  /** From here on another node. */
  fresh(): void {
    this.#serial += 1;
    this.name = `${prefix()}${this.#serial}`;
  }

  /** Removes all that the expectations made. */
  async clear(): Promise<void> {
    const made = (await this.engine.list()).filter((found) => found.labels[LABEL_NODE]?.startsWith(prefix()));
    for (const found of made) await this.engine.removeContainer(found.name, { force: true });
    for (; this.#serial > 0; this.#serial--) {
      await this.engine.removeVolume(`${prefix()}${this.#serial}`);
      await this.engine.removeNetwork({ name: `${prefix()}${this.#serial}`, labels: {} });
    }
  }

  spec(args: readonly string[], changes: Partial<ContainerSpec> = {}): ContainerSpec {
    return {
      name: this.name,
      image: this.image,
      args,
      env: { COLOUR: 'a=b' },
      labels: { [LABEL_NODE]: this.name, 'nodectl.role': 'execution' },
      user: '1000:1000',
      limits: { memory: 64 * MIB, memorySwap: 96 * MIB, nanoCpus: 500_000_000, pids: 100 },
      nofile: 2048,
      mounts: [{ volume: this.name, target: '/data' }],
      tmpfs: { '/tmp': 'rw,size=1m' },
      ports: [],
      stopTimeoutSeconds: 300,
      restart: 'no',
      log: { maxSize: '1m', maxFiles: 2 },
      readOnlyRoot: true,
      network: 'bridge',
      ...changes,
    };
  }

  async run(args: readonly string[], changes: Partial<ContainerSpec> = {}): Promise<void> {
    await this.engine.createContainer(this.spec(args, changes));
    await this.engine.startContainer(this.name);
  }

  /** Runs what ends by SIGTERM, and returns when it is ready for one: the first process of a container ignores it before. */
  async serve(changes: Partial<ContainerSpec> = {}): Promise<void> {
    await this.run(['serve'], changes);
    expect(await this.printed(this.name, 'ready')).toBe(true);
  }

  own(files: readonly PlacedFile[] = []): Promise<void> {
    const helper = `${this.name}.helper`;
    return this.engine.prepareVolume({
      volume: this.name,
      image: this.image,
      helper,
      labels: { [LABEL_NODE]: this.name },
      uid: 1000,
      gid: 1000,
      files,
    });
  }

  async lines(container: string, query: LogQuery = {}): Promise<LogLine[]> {
    const all: LogLine[] = [];
    for await (const line of this.engine.logs(container, query)) all.push(line);
    return all;
  }

  /** Waits for a line; false when the container ended without it. */
  async printed(container: string, wanted: string): Promise<boolean> {
    for await (const line of this.engine.logs(container, { follow: true })) if (line.text === wanted) return true;
    return false;
  }
}

/** Opens the engine before the expectations and clears after each. */
export function contractBench(open: () => Promise<ContractSubject>): ContractBench {
  const bench = new ContractBench();
  beforeAll(async () => {
    bench.subject = await open();
  }, 120_000);
  afterEach(() => bench.clear());
  return bench;
}

/** A port that nothing else is likely to hold; the engine may live in another network namespace. */
export function somePort(): number {
  return 20_000 + Math.floor(Math.random() * 12_000);
}

export async function refused(code: ErrorCode, attempt: Promise<unknown>): Promise<void> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NodectlError);
  expect((error as NodectlError).code).toBe(code);
}

function prefix(): string {
  return `ta-contract-${process.pid}-`;
}
