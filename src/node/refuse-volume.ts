import { NodectlError } from '../errors.ts';
import type { ObservedVolume } from '../ports/containers.ts';
import type { ChainRecord } from './chain-record.ts';
import { opensChainOf } from './geth-rules/database.ts';
import { compareVersions } from './geth-version.ts';
import { LABEL_NETWORK } from './labels.ts';
import { consensusNames } from './names.ts';
import type { NetworkProfile } from './profile.ts';
import type { NodeSpec } from './spec.ts';

interface VolumeQuestion {
  readonly name: string;
  readonly profile: NetworkProfile;
  readonly labels: Readonly<Record<string, string>>;
  readonly record: ChainRecord | undefined;
}

/** WRONG_VOLUME when a volume holds another chain than the network's; nothing is done to it. */
export function refuseOtherChain({ name, profile, labels, record }: VolumeQuestion): void {
  const hint = `Use another --name, or remove that chain with \`nodectl down ${name} --volumes\`.`;
  const holds = record?.custom?.private?.genesis;
  const wanted = profile.private?.genesis;
  const network = record?.network ?? labels[LABEL_NETWORK];
  if (network === undefined) return;
  if (holds === wanted && (wanted !== undefined || network === profile.name)) return;
  const same = network === profile.name ? ' of that name' : '';
  const facts = {
    ...(holds === undefined ? {} : { 'genesis in the volume': holds.slice(0, 16) }),
    ...(wanted === undefined ? {} : { 'genesis asked for': wanted.slice(0, 16) }),
  };
  throw new NodectlError(
    'WRONG_VOLUME',
    `The volume of ${name} holds the chain of another network${same}, ${network}, not of ${profile.name}.`,
    {
      hint,
      facts,
    },
  );
}

/** WRONG_VOLUME when the consensus volume holds another beacon chain, by its genesis state; nothing is done to it. */
export function refuseOtherBeacon({
  name,
  profile,
  volumes,
  record,
}: Pick<VolumeQuestion, 'name' | 'profile' | 'record'> & { readonly volumes: readonly ObservedVolume[] }): void {
  const [holds, wanted] = [record?.custom?.private?.beacon?.genesisState, profile.private?.beacon?.genesisState];
  if (holds === undefined || wanted === undefined || holds === wanted) return;
  if (!volumes.some((volume) => volume.name === consensusNames(name).volume)) return;
  throw new NodectlError('WRONG_VOLUME', `The consensus volume of ${name} holds another beacon chain of that name.`, {
    hint: `Use another --name, or remove that chain with \`nodectl down ${name} --volumes\`.`,
    facts: { 'genesis state in the volume': holds.slice(0, 16), 'genesis state asked for': wanted.slice(0, 16) },
  });
}

/** WRONG_VOLUME when this geth must not be let at what another version wrote. */
export function refuseNewerChain(spec: NodeSpec, name: string, record: ChainRecord | undefined): void {
  if (record === undefined) return;
  const reason = opensChainOf(record.geth, record.scheme, spec.geth);
  if (reason === undefined) return;
  const keep = compareVersions(spec.geth, record.geth) < 0 ? `${record.geth} or newer` : record.geth;
  throw new NodectlError('WRONG_VOLUME', `geth ${spec.geth} cannot open the chain that geth ${record.geth} wrote for ${name}: ${reason}.`, {
    hint: `Keep --geth-version ${keep}, or begin another chain with another --name. The volume is left as it is.`,
  });
}
