import type { Finding } from '../finding.ts';
import type { NetworkProfile } from '../node/profile.ts';
import type { NodeSpec } from '../node/spec.ts';
import type { Point } from '../node/sync/rate.ts';
import type { ObservedContainer, ObservedVolume, PortBinding } from '../ports/containers.ts';
import type { EngineInfo } from '../ports/engine.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { HostQuestions } from '../ports/host-questions.ts';

/** A node of this engine, as far as a host must bear it. */
export interface Tenant {
  readonly name: string;
  readonly spec: NodeSpec;
  readonly container: ObservedContainer;
  /** Of its chain; undefined when the engine has none under its name. */
  readonly volume: ObservedVolume | undefined;
}

/** For whom the host is judged. */
export interface Subject {
  /** The node that is planned or asked about; undefined where only the nodes that exist count. */
  readonly network: NetworkProfile | undefined;
  /** Bytes; of the planned node, undefined where none is. */
  readonly memory: number | undefined;
  readonly swap: number | undefined;
  readonly storage: number | undefined;
  readonly cpus: number | undefined;
  /** A runtime that was asked for, for instance runsc. */
  readonly runtime: string | undefined;
  readonly tenants: readonly Tenant[];
}

/** A volume of the engine that belongs to a node, and what it took at earlier looks, oldest first. */
export interface NodeVolume {
  readonly node: string;
  readonly volume: ObservedVolume;
  readonly sizes: readonly Point[];
}

/** How the engine was found: its facts, or why there are none. */
export type EngineSight =
  | { readonly info: EngineInfo }
  | {
      readonly problem: {
        readonly code: string;
        readonly message: string;
        readonly hint: string;
        /** Where it was looked for; undefined where that is not known. */
        readonly endpoint?: string | undefined;
      };
    };

/** All that a check may look with. */
export interface Eyes extends HostQuestions {
  readonly files: HostFiles;
  readonly engine: EngineSight;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** What containers of the engine publish, ours or not; none where the engine cannot be asked. */
  readonly published: readonly (PortBinding & { readonly container: string })[];
  /** Free bytes of the engine's disk as earlier doctors found them, oldest first. */
  readonly freeHistory: readonly { readonly time: number; readonly free: number }[];
  /** Every volume of nodes, also of those without a container; none where the engine cannot be asked. */
  readonly volumes: readonly NodeVolume[];
}

/** What a judge adds to the check's own name. */
export type Judgement = Omit<Finding, 'id'>;

/** One check of the host: its probe reads, its judge is pure. */
export interface Check {
  /** `group.thing`; doctor takes it as an argument. */
  readonly id: string;
  /** What it asks, for `doctor --list`. */
  readonly question: string;
  /** `host` checks say nothing of a remote engine's host and are not judged there. */
  readonly looksAt: 'engine' | 'host';
  look(eyes: Eyes, subject: Subject): Promise<Finding>;
}

/** A check from its parts, so that the judge can be tested with evidence alone. */
export function check<Evidence>(parts: {
  readonly id: string;
  readonly question: string;
  readonly looksAt: Check['looksAt'];
  probe(eyes: Eyes, subject: Subject): Promise<Evidence> | Evidence;
  judge(evidence: Evidence, subject: Subject): Judgement;
}): Check & { judge(evidence: Evidence, subject: Subject): Judgement } {
  const { id, question, looksAt, probe, judge } = parts;
  return { id, question, looksAt, judge, look: async (eyes, subject) => ({ id, ...judge(await probe(eyes, subject), subject) }) };
}
