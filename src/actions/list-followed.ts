import { NodectlError } from '../errors.ts';
import { LABEL_NODE } from '../node/labels.ts';
import { partNames } from '../node/names.ts';
import type { ContainerSummary } from '../ports/containers.ts';
import type { World } from '../ports.ts';
import { withinDeadline } from './within-deadline.ts';

/** The nodes of an engine, by name in order. */
export interface FoundNodes {
  readonly all: readonly string[];
  /** Those that have a container of their own, which can be looked at. */
  readonly made: readonly string[];
}

/** A question to an engine that hangs is asked anew only after so long: each one holds a connection. */
const GIVE_UP_MS = 60_000;

/** Asks the engine for its nodes, with one question however many ask at a time; undefined where it does not answer by the deadline. */
export function nodeLister(world: World): (deadline: number) => Promise<FoundNodes | undefined> {
  const { clock } = world;
  let asking: { readonly containers: Promise<readonly ContainerSummary[]>; readonly since: number } | undefined;
  const ask = () => {
    const asked = { containers: world.engine().then((engine) => engine.list()), since: clock.now() };
    const forget = () => {
      if (asking === asked) asking = undefined;
    };
    asked.containers.then(forget, forget);
    return asked;
  };
  return async (deadline) => {
    if (asking === undefined || clock.now() - asking.since > GIVE_UP_MS) asking = ask();
    try {
      const answer = await withinDeadline(asking.containers, deadline, clock);
      return answer === 'late' ? undefined : nodesOf(answer.value);
    } catch (thrown) {
      if (thrown instanceof NodectlError) return undefined;
      throw thrown;
    }
  };
}

/** The nodes that these containers are parts of. */
export function nodesOf(containers: readonly ContainerSummary[]): FoundNodes {
  const all = [...new Set(containers.flatMap(({ labels }) => labels[LABEL_NODE] ?? []))].sort();
  const made = all.filter((node) =>
    containers.some(({ name, labels }) => name === partNames(node).container && labels[LABEL_NODE] === node),
  );
  return { all, made };
}
