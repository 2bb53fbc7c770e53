import type { EngineSight, Eyes } from '../../src/host/check.ts';
import type { EngineInfo } from '../../src/ports/engine.ts';
import type { FileText, HostFiles } from '../../src/ports/host-files.ts';
import { FAKE_INFO } from '../fakes/fake-facts.ts';

/** An engine with the fake engine's facts, but these. */
export function engineOf(over: Partial<EngineInfo> = {}): EngineSight {
  return { info: { ...FAKE_INFO, ...over } };
}

export const NO_ENGINE: EngineSight = {
  problem: { code: 'ENGINE_NOT_RUNNING', message: 'The Docker engine is installed but not running.', hint: 'Start it.' },
};

/** Eyes that see these files and this engine, and get no answer to anything else. */
export function eyesOf(files: HostFiles, engine: EngineSight = engineOf()): Eyes {
  return {
    files,
    engine,
    now: Date.UTC(2026, 10, 21),
    published: [],
    freeHistory: [],
    volumes: [],
    portTaken: async () => false,
    ask: async () => undefined,
    syncTimes: async () => undefined,
  };
}

/** A host none of whose files can be read, each for this reason. */
export function blindFiles(failure: Extract<FileText, { readonly failure: unknown }>['failure']): HostFiles {
  return {
    read: () => ({ failure }),
    list: () => undefined,
    status: () => undefined,
    link: () => undefined,
    filesystem: () => undefined,
    uid: 1000,
  };
}

/** A host every file of which holds this text, every folder these names. */
export function filesOfOneText(text: string, names: readonly string[] = []): HostFiles {
  const status = { kind: 'file', mode: 0o644, uid: 0, size: text.length, allocated: 4096 } as const;
  return {
    read: (_path, limit) => ({ text: text.slice(0, limit) }),
    list: () => names,
    status: () => status,
    link: () => undefined,
    filesystem: () => undefined,
    uid: 0,
  };
}
