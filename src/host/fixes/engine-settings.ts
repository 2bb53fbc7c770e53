import { DAEMON_CONFIG } from '../engine-config/daemon-config.ts';
import { engineFlags, enginePid } from '../engine-config/engine-flags.ts';
import { planEngineSettings, UNIT_DROP_IN } from '../engine-config/plan-engine-settings.ts';
import { servicePatience } from '../engine-config/service-patience.ts';
import { engineFacts } from '../engine-sight.ts';
import { keptPath } from './file-step.ts';
import type { Fix } from './fix.ts';
import { writableText } from './writable-text.ts';

export const engineSettings: Fix = {
  heals: ['log.rotate', 'docker.stop'],
  async plan(eyes) {
    const { files } = eyes;
    const info = engineFacts(eyes.engine);
    if (info !== undefined && (!info.local || info.rootless || info.product !== 'docker')) return [];
    const service = await servicePatience(eyes);
    const folder = (path: string) => files.status(path)?.kind === 'folder';
    return planEngineSettings({
      daemon: writableText(files, DAEMON_CONFIG),
      daemonKept: writableText(files, keptPath(DAEMON_CONFIG)),
      flags: engineFlags(files),
      folder: folder('/etc/docker'),
      unit:
        service.supervisor === 'systemd'
          ? { folder: folder('/etc/systemd/system/docker.service.d'), text: writableText(files, UNIT_DROP_IN), seconds: service.seconds }
          : undefined,
      pid: info === undefined ? undefined : enginePid(files),
    });
  },
  afterwards: 'Bounds of logs hold for new containers after a restart of the engine (stop the nodes before it).',
};
