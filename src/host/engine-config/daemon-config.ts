import type { FileText } from '../../ports/host-files.ts';

export const DAEMON_CONFIG = '/etc/docker/daemon.json';

/** The engine's own file of settings, read as it reads it: strict JSON, an object. */
export type DaemonConfig =
  | { readonly state: 'none' }
  | { readonly state: 'unseen'; readonly failure: 'denied' | 'unreadable' }
  /** An engine does not start with this. */
  | { readonly state: 'broken'; readonly reason: string }
  | { readonly state: 'read'; readonly values: Readonly<Record<string, unknown>> };

/** Never throws. An empty file is one without settings. */
export function readDaemonConfig(file: FileText): DaemonConfig {
  if ('failure' in file) return file.failure === 'missing' ? { state: 'none' } : { state: 'unseen', failure: file.failure };
  if (file.text.trim() === '') return { state: 'read', values: {} };
  try {
    const parsed: unknown = JSON.parse(file.text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
      return { state: 'read', values: parsed as Record<string, unknown> };
    }
    return { state: 'broken', reason: 'it is no JSON object' };
  } catch (thrown) {
    return { state: 'broken', reason: (thrown as Error).message };
  }
}
