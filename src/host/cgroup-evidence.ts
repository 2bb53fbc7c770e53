import type { EngineInfo } from '../ports/engine.ts';
import type { HostFiles } from '../ports/host-files.ts';
import type { Eyes } from './check.ts';
import { engineFacts } from './engine-sight.ts';
import { type CgroupLayout, cgroupLayout } from './kernel/cgroup-layout.ts';
import { textOf } from './place.ts';
import { seesHost } from './sees-host.ts';

/** What the engine and, where it shares this kernel, the kernel tell of control groups. */
export interface CgroupEvidence {
  readonly info: EngineInfo | undefined;
  /** Undefined where the engine is elsewhere or the mounts are not readable. */
  readonly layout: CgroupLayout | undefined;
  /** Controllers that the kernel offers: of v1 those mounted, of v2 those of the root. Undefined as `layout`. */
  readonly controllers: readonly string[] | undefined;
  readonly commandLine: string;
}

export function probeCgroups(eyes: Eyes): CgroupEvidence {
  const { files } = eyes;
  const info = engineFacts(eyes.engine);
  const mounts = seesHost(eyes.engine) ? textOf(files, '/proc/self/mountinfo') : undefined;
  const layout = mounts === undefined ? undefined : cgroupLayout(mounts);
  return { info, layout, controllers: layout && offered(layout, files), commandLine: textOf(files, '/proc/cmdline') ?? '' };
}

function offered(layout: CgroupLayout, files: HostFiles): readonly string[] | undefined {
  if (layout.kind !== 'v2') return Object.keys(layout.controllers);
  return textOf(files, `${layout.unified}/cgroup.controllers`)?.trim().split(/\s+/);
}
