import { expect, test } from 'vitest';
import { engineInstallSteps, osReleaseIds, type SystemFacts } from '../../src/host/engine-packages.ts';

const system = (facts: Partial<SystemFacts>): SystemFacts => ({
  ids: ['debian'],
  supervisor: 'systemd',
  appArmor: false,
  installed: false,
  ...facts,
});
const lines = (facts: Partial<SystemFacts>) => engineInstallSteps(system(facts))?.map(({ words }) => words.join(' '));

test.each([
  ['PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n', 'docker.io'],
  ['ID=linuxmint\nID_LIKE="ubuntu debian"\n', 'docker.io'],
  ['ID=fedora\n', 'moby-engine'],
  ['ID="amzn"\nID_LIKE="fedora"\n', 'docker'],
  ['ID=alpine\n', 'docker'],
  ['ID=arch\n', 'docker'],
  ['ID="opensuse-leap"\nID_LIKE="suse opensuse"\n', 'docker'],
])('os-release %j is told which package to install', (text, name) => {
  const installing = engineInstallSteps(system({ ids: osReleaseIds(text) }))?.find(({ words }) => words.includes(name));
  expect(installing?.kind).toBe('run');
});

test.each(['ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'ID=plan9\n', ''])('os-release %j has no engine that we know', (text) => {
  expect(engineInstallSteps(system({ ids: osReleaseIds(text) }))).toBeUndefined();
});

test('the AppArmor parser comes along where the kernel confines by AppArmor', () => {
  expect(lines({ appArmor: true })?.[1]).toMatch(/ apparmor$/);
  expect(lines({ appArmor: false })?.[1]).not.toMatch(/apparmor/);
});

test('an engine that is installed is only started', () => {
  expect(lines({ installed: true })).toEqual(['systemctl enable --now docker']);
  expect(lines({ installed: true, supervisor: 'openrc' })).toEqual(['rc-update add docker default', 'rc-service docker start']);
  expect(engineInstallSteps(system({ installed: true, supervisor: 'none' }))).toEqual([{ kind: 'daemon', words: ['dockerd'] }]);
});

test('an engine that is installed is started on an unknown distribution too', () => {
  expect(lines({ installed: true, ids: ['plan9'] })).toHaveLength(1);
});
