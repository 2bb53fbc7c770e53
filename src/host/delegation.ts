import type { Remedy } from '../finding.ts';
import type { EngineInfo } from '../ports/engine.ts';

const DROP_IN = '/etc/systemd/system/user@.service.d/delegate.conf';

/** How a rootless engine comes to the controllers that its user was not given (rootlesscontaine.rs). */
export function delegateRemedy({ cgroupVersion }: EngineInfo): Remedy {
  if (cgroupVersion === 1) {
    return {
      text: 'A rootless engine holds no limits on cgroup v1: boot with cgroup v2, or use an engine that runs as root.',
      commands: [],
    };
  }
  return {
    text: 'Delegate the controllers to the user of the rootless engine, then log in again.',
    commands: [
      `sudo mkdir -p ${DROP_IN.slice(0, DROP_IN.lastIndexOf('/'))}`,
      `printf '[Service]\\nDelegate=cpu cpuset io memory pids\\n' | sudo tee ${DROP_IN}`,
      'sudo systemctl daemon-reload',
    ],
  };
}
