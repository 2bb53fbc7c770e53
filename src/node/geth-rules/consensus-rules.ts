import { NodectlError } from '../../errors.ts';
import { CONSENSUS_CLIENTS, type ConsensusChoice } from '../consensus/consensus-spec.ts';
import { BEACON_CHECKPOINT_FILE, BEACON_CONFIG_FILE, DATA_DIRECTORY, ENGINE_PORT, JWT_FILE, SECRET_DIRECTORY } from '../container-paths.ts';
import { compareVersions } from '../geth-version.ts';
import { partNames } from '../names.ts';
import type { NetworkProfile } from '../profile.ts';
import type { NodeSpec } from '../spec.ts';
import { whyNotBuiltin } from './builtin-rules.ts';

/** The first geth whose engine API has a port and a key of its own. */
const ENGINE_API_SINCE = '1.10.17';
/** What geth's light consensus takes a slot to be, whatever the network's is (beacon/light). */
const GETH_SLOT_SECONDS = 12;

/** The words that say who tells geth its head; none where nobody does. `node` is the node's name. */
export function consensusWords(spec: NodeSpec, node: string, profile: NetworkProfile): readonly string[] {
  const { consensus } = spec;
  if (consensus === null) return [];
  switch (consensus.kind) {
    case 'client':
      return engineWords([partNames(node).container]);
    case 'external':
      // Clients on the engine's host may call it by this name; addresses are always let in.
      return engineWords([partNames(node).container, 'localhost']);
    case 'builtin':
      return [...consensus.beaconApis.flatMap((api) => ['--beacon.api', api]), ...lightWords(profile)];
  }
}

/** UNSUPPORTED_OPTION with the reason and the nearest thing that works, where a choice cannot be on this network with this geth. */
export function judgeConsensus(choice: ConsensusChoice, version: string, network: NetworkProfile): void {
  if (choice === 'none') return;
  const leaveOut = 'Leave --consensus out.';
  if (network.consensus === 'none') {
    throw refusal(`The blocks of ${network.name} come from geth itself: it has no beacon chain to follow.`, leaveOut);
  }
  if (compareVersions(version, ENGINE_API_SINCE) < 0) {
    throw refusal(
      `geth ${version} has no engine API for a consensus client.`,
      `Use --geth-version ${network.geth.pinned}, or --consensus none.`,
    );
  }
  if (choice === 'external') return;
  if (network.private !== undefined && network.private.beacon === null) {
    throw refusal(
      `Nothing is known of the beacon chain that makes the blocks of ${network.name}.`,
      'Name its files under `beacon` in the profile, or use --consensus external, or none.',
    );
  }
  if (choice !== 'builtin') return;
  const problem = whyNotBuiltin(version, network);
  if (problem === undefined) return;
  const instead = problem.since === undefined ? '' : `Use --geth-version ${problem.since} or later, or `;
  throw refusal(problem.reason, `${instead === '' ? 'Use ' : instead}a client beside geth: --consensus ${CONSENSUS_CLIENTS.join(', ')}.`);
}

function engineWords(hosts: readonly string[]): readonly string[] {
  return [
    ...['--authrpc.addr', '0.0.0.0', '--authrpc.port', String(ENGINE_PORT), '--authrpc.vhosts', hosts.join(',')],
    ...['--authrpc.jwtsecret', `${SECRET_DIRECTORY}/${JWT_FILE}`],
  ];
}

/** A checkpoint in a file can be fresh at every start, where one in argv would be as old as the container. */
function lightWords({ private: chain }: NetworkProfile): readonly string[] {
  const checkpoint = ['--beacon.checkpoint.file', `${DATA_DIRECTORY}/${BEACON_CHECKPOINT_FILE}`];
  const beacon = chain?.beacon ?? null;
  if (beacon === null) return checkpoint;
  return [
    ...['--beacon.config', `${DATA_DIRECTORY}/${BEACON_CONFIG_FILE}`],
    ...['--beacon.genesis.gvroot', beacon.validatorsRoot, '--beacon.genesis.time', String(beacon.genesisTime)],
    ...checkpoint,
    ...(beacon.slotSeconds === GETH_SLOT_SECONDS ? [] : ['--beacon.nofilter']),
  ];
}

function refusal(reason: string, hint: string): NodectlError {
  return new NodectlError('UNSUPPORTED_OPTION', reason, { hint });
}
