import { NodectlError } from '../../errors.ts';
import { type BudgetHost, planBudget } from '../budget.ts';
import type { Asked, Desired } from '../desired-spec.ts';
import { refuseOrWarn } from '../desired-spec.ts';
import { refuseMovingReference } from '../image-reference.ts';
import type { NetworkProfile } from '../profile.ts';
import type { NodeSpec } from '../spec.ts';
import type { LightBackend } from './light-backend.ts';
import { defaultBackend, followsNetwork, lightBackend, unknownFork } from './light-backends.ts';
import { LIGHT_BACKENDS, type LightBackendName, type LightSpec } from './light-spec.ts';

/** A light client keeps headers and a few proofs in memory. The prover's peak was 82 MiB (docs/light.md); of Nimbus's no figure is published. */
const NEEDS = { memory: '512M', minimum: '256M', comfortable: '512M' } as const;

/** The client of a light node: the asked one, the one it has, or the network's own. UNSUPPORTED_OPTION, UNSUPPORTED_MODE. */
export function chooseBackend(asked: LightBackendName | undefined, present: NodeSpec | undefined, profile: NetworkProfile): LightBackend {
  if (profile.private !== undefined && profile.private.beacon === null) {
    throw new NodectlError(
      'UNSUPPORTED_MODE',
      `A light client of ${profile.name} must know its beacon chain, and the profile names none.`,
      {
        hint: 'Name the files of the beacon chain under `beacon` in the profile; see docs/light.md.',
      },
    );
  }
  const name = asked ?? present?.light?.backend;
  const backend = name === undefined ? defaultBackend(profile) : lightBackend(name);
  if (backend !== undefined && followsNetwork(backend, profile)) return backend;
  const candidates = LIGHT_BACKENDS.map(lightBackend);
  if (backend === undefined) {
    const forks = candidates
      .filter((one) => one.privateNetworks)
      .map((one) => `${one.title} does not know the fork ${unknownFork(one, profile)}`);
    const why = profile.private === undefined || forks.length === 0 ? '' : `: ${forks.join(', ')}`;
    throw new NodectlError('UNSUPPORTED_MODE', `No light client that nodectl runs can follow ${profile.name}${why}.`);
  }
  const others = candidates.filter((other) => followsNetwork(other, profile));
  const knows = backend.networks.length === 0 ? 'only private networks' : backend.networks.join(', ');
  const fork = backend.privateNetworks ? unknownFork(backend, profile) : undefined;
  const reason = fork === undefined ? `it knows ${knows}` : `it does not know the fork ${fork}`;
  throw new NodectlError('UNSUPPORTED_OPTION', `${backend.title} cannot follow ${profile.name}: ${reason}.`, {
    hint: others.length === 0 ? 'Choose another --syncmode.' : `Use --light-backend ${others.map((one) => one.name).join(' or ')}.`,
  });
}

/**
 * The spec of a light node on a network with a beacon chain. `light` says whom it asks. UNSUPPORTED_OPTION for what only geth can
 * do, IMPOSSIBLE_BUDGET.
 */
export function desiredLight(
  asked: Asked,
  present: NodeSpec | undefined,
  profile: NetworkProfile,
  host: BudgetHost,
  ports: NodeSpec['ports'],
  backend: LightBackend,
  light: LightSpec,
): Desired {
  refuseGethOptions(asked);
  // The limits of a geth that was here before would be far too many.
  const before = present?.light == null ? undefined : present;
  const request = {
    memory: asked.memory ?? before?.memory,
    swap: asked.swap ?? before?.swap,
    cpus: asked.cpus ?? before?.cpus,
  };
  const { memory, ...needs } = NEEDS;
  const budget = planBudget(request, { ...profile, name: backend.title, memory, needs: { memory: needs, disk: {} } }, host);
  const spec: NodeSpec = {
    v: 1,
    network: profile.name,
    chainId: profile.chainId,
    mode: 'light',
    geth: '',
    image: lightImage(asked.imageRef, before, backend),
    memory: budget.memory,
    swap: budget.swap,
    cpus: budget.cpus,
    storage: null,
    ports: { ...ports, p2p: null },
    custom: profile.private === undefined ? null : profile,
    history: 'all',
    scheme: null,
    mining: null,
    lightPeers: 0,
    consensus: null,
    light,
    storageMode: null,
    extra: [],
  };
  return { spec, budget, notes: [...budget.notes, ...refuseOrWarn(budget.problems, asked.force)] };
}

function lightImage(ref: string | undefined, present: NodeSpec | undefined, backend: LightBackend): NodeSpec['image'] {
  const keeps = present?.light?.backend === backend.name && (ref === undefined || present.image.ref === ref);
  if (keeps && present !== undefined) return present.image;
  if (ref === undefined) return { ref: backend.image.reference, id: '', digest: null, origin: backend.image.origin };
  refuseMovingReference(ref);
  return { ref, id: '', digest: null, origin: 'given' };
}

function refuseGethOptions(asked: Asked): void {
  const given: readonly (readonly [string, boolean, string])[] = [
    ['--geth-version', asked.geth !== undefined, 'no geth runs in it'],
    ['--mine', asked.mine || asked.etherbase !== undefined, 'it makes no blocks'],
    ['--history', asked.history !== undefined, 'it keeps no blocks'],
    ['--light-peers', asked.lightPeers !== undefined, 'it serves no light clients'],
    ['--consensus', asked.consensus !== undefined && asked.consensus !== 'none', 'it follows the beacon chain itself'],
    ['--storage', asked.storage !== undefined || asked.storageMode !== undefined, 'it stores no chain'],
    ['words after `--`', asked.extra.length > 0, 'they are geth’s'],
  ];
  const wrong = given.find(([, is]) => is);
  if (wrong === undefined) return;
  const [option, , reason] = wrong;
  throw new NodectlError('UNSUPPORTED_OPTION', `A light node on a network with a beacon chain takes no ${option}: ${reason}.`, {
    hint: 'Leave it out, or choose another --syncmode.',
  });
}
