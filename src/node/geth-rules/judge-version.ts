import { NodectlError } from '../../errors.ts';
import { compareVersions } from '../geth-version.ts';
import type { NetworkProfile } from '../profile.ts';
import { OLDEST_KNOWN } from './known-versions.ts';
import { sealRule } from './mining-rules.ts';

/** UNSUPPORTED_VERSION for a version that cannot, or must not, follow the network, with the reason and one that can. */
export function judgeVersion(version: string, network: NetworkProfile): void {
  const { minimum, refused, pinned } = network.geth;
  const refuse = (message: string, better = pinned) => {
    throw new NodectlError('UNSUPPORTED_VERSION', message, { hint: `Use --geth-version ${better}.` });
  };
  if (compareVersions(version, OLDEST_KNOWN) < 0) refuse(`geth ${version} is older than ${OLDEST_KNOWN}, the oldest that nodectl knows.`);
  const chain = network.private;
  const rule = chain === undefined ? undefined : sealRule(chain.seal);
  if (rule?.until !== undefined && compareVersions(version, rule.until) > 0) {
    refuse(`geth ${version} does not run ${network.name}, a chain sealed by ${rule.seal}: ${rule.reason}.`, rule.until);
  }
  if (compareVersions(version, minimum) < 0) refuse(`geth ${version} does not follow ${network.name}: it needs ${minimum} or newer.`);
  const row = refused.find((entry) => entry.version === version);
  if (row !== undefined) refuse(`geth ${version} is refused on ${network.name}: ${row.reason}.`);
}
