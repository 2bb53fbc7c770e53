import { compareVersions } from '../../src/node/geth-version.ts';
import type { Cell } from './cells.ts';

interface Policy {
  readonly when: (cell: Cell) => boolean;
  readonly reason: string;
}

const upTo = (version: string) => (cell: Cell) => compareVersions(cell.version, version) <= 0;
const isDev = ({ network }: Cell) => network.title === 'dev';

/**
 * What nodectl refuses although the binary starts: the words are taken, and what they promise does not happen. Everything
 * else that is refused must be refused by geth itself.
 */
const POLICIES: readonly Policy[] = [
  {
    when: (cell) => isDev(cell) && upTo('1.12.0')(cell),
    reason: '--dev is another chain here (clique, its own rules): 1.12.1 made it what it is',
  },
  { when: (cell) => isDev(cell) && cell.mode === 'light', reason: 'a chain without peers has no light servers' },
  { when: (cell) => isDev(cell) && ['snap', 'fast'].includes(cell.mode), reason: 'a chain without peers has nobody to snap-sync from' },
  {
    when: (cell) => cell.mode === 'light' && cell.network.profile.consensus === 'required' && upTo('1.12.0')(cell),
    reason: 'light mode starts and follows nothing: it ended with the Merge',
  },
  {
    when: (cell) => cell.mode === 'light' && !upTo('1.12.0')(cell) && upTo('1.13.5')(cell),
    reason: 'light mode starts and never syncs (go-ethereum #27737)',
  },
  {
    when: (cell) => cell.mine && cell.network.profile.consensus === 'required' && upTo('1.17.3')(cell),
    reason: '--mine is taken and seals nothing: blocks come over the engine API',
  },
  {
    when: (cell) => cell.lightPeers > 0 && cell.network.profile.consensus === 'required' && upTo('1.12.0')(cell),
    reason: '--light.serve is taken and serves nobody: light clients ended with the Merge',
  },
  {
    when: (cell) => cell.lightPeers > 0 && !upTo('1.12.0')(cell) && upTo('1.15.11')(cell),
    reason: '--light.serve is taken and serves nobody: light servers ended with 1.13.6, their clients with 1.12.1',
  },
];

/** Why nodectl refuses a cell that the binary would start; undefined where there is no such reason. */
export function policyFor(cell: Cell): string | undefined {
  return POLICIES.find(({ when }) => when(cell))?.reason;
}
