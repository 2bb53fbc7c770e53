import { expect, test } from 'vitest';
import { reportedVersion } from '../../src/node/reported-version.ts';

test.each([
  ['Geth\nVersion: 1.17.8-stable\nArchitecture: amd64\nGo Version: go1.26.8\n', '1.17.8'],
  ['Geth\nVersion: 1.10.26-stable\nGit Commit: e5eb32acee19cc9fca6a03b10283b7484246b15a\n', '1.10.26'],
  ['Geth\nVersion: 1.17.11-unstable-0d0b4ac4-20261101\n', '1.17.11'],
  ['Besu\nVersion: 1.17.8\n', undefined],
  ['Erigon\nGethereum\nVersion: 2.0.0\n', undefined],
  ['', undefined],
])('%j reports %s', (output, version) => {
  expect(reportedVersion(output)).toBe(version);
});
