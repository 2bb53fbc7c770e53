import { VERSION } from '../version.ts';

/** The versions a bug report needs first. */
export interface VersionReport {
  readonly nodectl: string;
  readonly node: string;
  readonly platform: string;
}

/** Read from this process; costs nothing, so that `--version` needs neither commander nor zod. */
export function versionReport(): VersionReport {
  return { nodectl: VERSION, node: process.versions.node, platform: `${process.platform}-${process.arch}` };
}

export function versionText(report: VersionReport): string {
  return `nodectl ${report.nodectl} (Node ${report.node}, ${report.platform})`;
}
