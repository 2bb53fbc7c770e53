import { NodectlError } from '../../errors.ts';
import { STOP_TIMEOUT_SECONDS } from '../../node/stop-timeout.ts';
import type { FileText } from '../../ports/host-files.ts';
import { DAEMON_CONFIG, readDaemonConfig } from './daemon-config.ts';

/** The engine itself adds five seconds to its containers' stop timeouts; a little more than that. */
export const ENGINE_STOP_SECONDS = STOP_TIMEOUT_SECONDS + 30;

const LOG_BOUNDS = { 'max-size': '10m', 'max-file': '3' };

/** Drivers that take these options; another would stop the engine from starting. */
const BOUNDED_DRIVERS: readonly unknown[] = [undefined, 'json-file', 'local'];

/**
 * The text of daemon.json with bounds for logs and the patience nodes need, where neither it nor the engine's command line says
 * anything of them; undefined where nothing is missing. What is set stays. HOST_REFUSED for a file that is broken.
 */
export function withEngineDefaults(file: FileText, flags: ReadonlySet<string>): string | undefined {
  const config = readDaemonConfig(file);
  if (config.state === 'broken' || config.state === 'unseen') {
    const why = config.state === 'broken' ? `it is broken: ${config.reason}` : config.failure;
    throw new NodectlError('HOST_REFUSED', `${DAEMON_CONFIG} cannot be changed (${why}).`, {
      hint: config.state === 'broken' ? `Correct it: \`python3 -m json.tool ${DAEMON_CONFIG}\`.` : 'Run as root.',
    });
  }
  const values = config.state === 'read' ? config.values : {};
  const added = { ...logDefaults(values, flags), ...stopDefault(values, flags) };
  if (Object.keys(added).length === 0) return undefined;
  const indent = 'text' in file ? (/^([ \t]+)"/m.exec(file.text)?.[1] ?? '  ') : '  ';
  return `${JSON.stringify({ ...values, ...added }, null, indent)}\n`;
}

function logDefaults(values: Readonly<Record<string, unknown>>, flags: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  const driver = values['log-driver'];
  const options = values['log-opts'] ?? {};
  const foreign = flags.has('log-driver') || flags.has('log-opt') || !BOUNDED_DRIVERS.includes(driver);
  if (foreign || typeof options !== 'object' || Array.isArray(options) || 'max-size' in options) return {};
  return { 'log-driver': driver ?? 'json-file', 'log-opts': { ...LOG_BOUNDS, ...options } };
}

function stopDefault(values: Readonly<Record<string, unknown>>, flags: ReadonlySet<string>): Readonly<Record<string, unknown>> {
  return 'shutdown-timeout' in values || flags.has('shutdown-timeout') ? {} : { 'shutdown-timeout': ENGINE_STOP_SECONDS };
}
