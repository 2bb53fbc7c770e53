import { existsSync, readFileSync } from 'node:fs';
import { osReleaseIds, type SystemFacts } from '../../host/engine-packages.ts';
import { executable } from '../executable.ts';

/** What this machine is, as far as installing an engine depends on it. */
export function systemFacts(): SystemFacts {
  return {
    ids: osReleaseIds(readOr('/etc/os-release', () => readOr('/usr/lib/os-release', () => ''))),
    supervisor: supervisor(),
    appArmor: readOr('/sys/module/apparmor/parameters/enabled', () => 'N').startsWith('Y'),
    installed: ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/usr/local/sbin'].some((folder) => executable(`${folder}/dockerd`)),
  };
}

/** By the folders that each keeps while it runs: a program on PATH does not mean that it supervises this machine. */
function supervisor(): SystemFacts['supervisor'] {
  if (existsSync('/run/systemd/system')) return 'systemd';
  return existsSync('/run/openrc/softlevel') ? 'openrc' : 'none';
}

function readOr(path: string, otherwise: () => string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise();
  }
}
