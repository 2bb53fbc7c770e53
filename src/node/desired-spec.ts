import { NodectlError } from '../errors.ts';
import { type Budget, type BudgetHost, planBudget } from './budget.ts';
import { checkExtraArguments } from './extra-arguments.ts';
import { compareVersions } from './geth-version.ts';
import { type ImageSource, imageCandidates } from './image-choice.ts';
import { refuseMovingReference } from './image-reference.ts';
import type { NetworkProfile } from './profile.ts';
import type { NodeSpec, SyncMode } from './spec.ts';
import { chooseMode } from './sync-mode-rules.ts';

/** What the command line asks; undefined = not said, and then what the node has already, or the profile's default, holds. */
export interface Asked {
  readonly mode: SyncMode | undefined;
  readonly geth: string | undefined;
  readonly imageRef: string | undefined;
  readonly imageSource: ImageSource;
  readonly memory: number | undefined;
  readonly swap: number | undefined;
  readonly cpus: number | undefined;
  readonly storage: number | undefined;
  readonly extra: readonly string[];
  readonly force: boolean;
}

export interface Desired {
  /** `image.id` is '' while the image is not there yet. */
  readonly spec: NodeSpec;
  readonly budget: Budget;
  readonly notes: readonly string[];
}

/** The spec a node shall have: asked before present before default. Throws the refusals that no `--force` lifts. */
export function desiredSpec(
  asked: Asked,
  present: NodeSpec | undefined,
  profile: NetworkProfile,
  host: BudgetHost,
  ports: NodeSpec['ports'],
): Desired {
  const geth = asked.geth ?? present?.geth ?? profile.geth.pinned;
  checkVersion(geth, profile);
  const choice = chooseMode(asked.mode ?? present?.mode ?? profile.syncmode, geth, profile);
  const request = {
    memory: asked.memory ?? present?.memory,
    swap: asked.swap ?? present?.swap,
    cpus: asked.cpus ?? present?.cpus,
  };
  const budget = planBudget(request, profile, host);
  const notes = [...budget.notes, ...refuseOrWarn(budget, asked.force)];
  if (choice.note !== undefined) notes.push(choice.note);
  const storage = asked.storage ?? present?.storage ?? null;
  const spec: NodeSpec = {
    v: 1,
    network: profile.name,
    chainId: profile.chainId,
    mode: choice.mode,
    geth,
    image: desiredImage(asked, present, geth),
    memory: budget.memory,
    swap: budget.swap,
    cpus: budget.cpus,
    storage,
    ports,
    extra: [...checkExtraArguments(asked.extra.length > 0 ? asked.extra : (present?.extra ?? []))],
  };
  return { spec, budget, notes };
}

function desiredImage(asked: Asked, present: NodeSpec | undefined, geth: string): NodeSpec['image'] {
  const keeps = present !== undefined && (asked.imageRef === undefined ? present.geth === geth : present.image.ref === asked.imageRef);
  if (keeps) return present.image;
  if (asked.imageRef !== undefined) refuseMovingReference(asked.imageRef);
  if (asked.imageRef !== undefined) return { ref: asked.imageRef, id: '', digest: null, origin: 'given' };
  const [first] = imageCandidates(geth, asked.imageSource);
  return { ref: first.ref, id: '', digest: null, origin: first.origin };
}

function checkVersion(version: string, profile: NetworkProfile): void {
  const { minimum, refused, pinned } = profile.geth;
  const hint = `Use --geth-version ${pinned}, or leave it out.`;
  if (compareVersions(version, minimum) < 0) {
    throw new NodectlError('UNSUPPORTED_VERSION', `geth ${version} does not follow ${profile.name}: it needs ${minimum} or newer.`, {
      hint,
    });
  }
  const row = refused.find((entry) => entry.version === version);
  if (row !== undefined) {
    throw new NodectlError('UNSUPPORTED_VERSION', `geth ${version} is refused on ${profile.name}: ${row.reason}.`, { hint });
  }
}

function refuseOrWarn(budget: Budget, force: boolean): readonly string[] {
  const blocking = budget.problems.filter((problem) => !(force && problem.forceable));
  const first = blocking[0];
  if (first !== undefined) {
    throw new NodectlError('IMPOSSIBLE_BUDGET', blocking.map((problem) => problem.message).join(' '), {
      hint: first.forceable
        ? 'Change the limits, or add --force: the kernel accepts them, geth may not live in them.'
        : 'Change the limits.',
    });
  }
  return budget.problems.map((problem) => `Forced: ${problem.message}`);
}
