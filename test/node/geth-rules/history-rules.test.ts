import { expect, test } from 'vitest';
import { historyRanges } from '../../../src/node/geth-rules/history-rules.ts';
import { DEV, profileOf } from '../make-node.ts';
import { CLIQUE } from './networks.ts';

// The prune points of core/history/historymode.go of each tag.
test.each([
  ['mainnet', '1.15.5', ['all']],
  ['mainnet', '1.15.6', ['all', 'postmerge']],
  ['mainnet', '1.17.1', ['all', 'postmerge']],
  ['mainnet', '1.17.2', ['all', 'postmerge', 'postprague']],
  ['mainnet', '1.17.7', ['all', 'postmerge', 'postprague', 'postosaka']],
  ['sepolia', '1.17.6', ['all', 'postmerge', 'postprague']],
  ['hoodi', '1.17.2', ['all']],
  ['hoodi', '1.17.3', ['all', 'postprague']],
  ['hoodi', '1.17.10', ['all', 'postprague', 'postosaka']],
])('%s by geth %s can begin at %j', (network, version, ranges) => {
  expect(historyRanges(version, profileOf(network))).toEqual(ranges);
});

test('a chain of one’s own keeps all, whatever its number', () => {
  expect(historyRanges('1.17.10', DEV)).toEqual(['all']);
  expect(historyRanges('1.17.10', { ...CLIQUE, chainId: 1 })).toEqual(['all']);
});
