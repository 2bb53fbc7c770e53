import type { Eyes } from '../check.ts';
import { DAEMON_CONFIG } from '../engine-config/daemon-config.ts';
import { engineFlags, enginePid } from '../engine-config/engine-flags.ts';
import { planEngineSettings, UNIT_DROP_IN, UNIT_FOLDER } from '../engine-config/plan-engine-settings.ts';
import { servicePatience } from '../engine-config/service-patience.ts';
import { engineFacts } from '../engine-sight.ts';
import type { HostStep } from '../host-step.ts';
import { keptPath } from './file-step.ts';
import type { Fix } from './fix.ts';
import { writableText } from './writable-text.ts';

export const engineSettings: Fix = {
  heals: ['log.rotate', 'docker.stop'],
  plan: (eyes) => planSettings(eyes, { installing: false }),
  afterwards: 'Bounds of logs hold for new containers after a restart of the engine (stop the nodes before it).',
};

/** The steps that are missing here; `installing` counts on the unit that the engine's package brings where systemd runs. */
export async function planSettings(eyes: Eyes, { installing }: { readonly installing: boolean }): Promise<readonly HostStep[]> {
  const { files } = eyes;
  const info = engineFacts(eyes.engine);
  if (info !== undefined && (!info.local || info.rootless || info.product !== 'docker')) return [];
  const service = await servicePatience(eyes);
  const awaited = installing && files.list('/run/systemd/system') !== undefined;
  const folder = (path: string) => files.list(path) !== undefined;
  const unit = { folder: folder(UNIT_FOLDER), text: writableText(files, UNIT_DROP_IN), seconds: service.seconds };
  return planEngineSettings({
    daemon: writableText(files, DAEMON_CONFIG),
    daemonKept: writableText(files, keptPath(DAEMON_CONFIG)),
    flags: engineFlags(files),
    folder: folder('/etc/docker'),
    unit: service.supervisor === 'systemd' || awaited ? unit : undefined,
    pid: info === undefined ? undefined : enginePid(files),
  });
}
