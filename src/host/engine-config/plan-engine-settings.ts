import { NodectlError } from '../../errors.ts';
import { fileSteps, runStep } from '../fixes/file-step.ts';
import type { HostStep } from '../host-step.ts';
import { DAEMON_CONFIG } from './daemon-config.ts';
import { ENGINE_STOP_SECONDS, withEngineDefaults } from './with-defaults.ts';

const FOLDER = '/etc/docker';
export const UNIT_FOLDER = '/etc/systemd/system/docker.service.d';
export const UNIT_DROP_IN = `${UNIT_FOLDER}/nodectl.conf`;

/** The service manager kills an engine that takes longer; a little more than the engine itself waits. */
const UNIT_SECONDS = ENGINE_STOP_SECONDS + 30;

/** What is there, by path: a text, or undefined for no file. */
export interface EngineSettingsFacts {
  readonly daemon: string | undefined;
  readonly daemonKept: string | undefined;
  /** Options of the engine's command line. */
  readonly flags: ReadonlySet<string>;
  readonly folder: boolean;
  /** Undefined where no systemd supervises the engine. `seconds`: what its unit gives it to stop, undefined where there is no unit yet. */
  readonly unit: { readonly folder: boolean; readonly text: string | undefined; readonly seconds: number | undefined } | undefined;
  /** The process of a running engine that reads its settings again at SIGHUP; undefined where none runs. */
  readonly pid: number | undefined;
}

/** The steps that bound logs of containers and give the engine the time its nodes need; none where nothing is missing. HOST_REFUSED for settings that are broken. */
export function planEngineSettings(facts: EngineSettingsFacts): readonly HostStep[] {
  const daemon = daemonSteps(facts);
  const unit = unitSteps(facts);
  const reload = daemon.length > 0 && facts.pid !== undefined ? [reloading(facts.pid)] : [];
  return [...daemon, ...reload, ...unit];
}

function daemonSteps({ daemon, daemonKept, flags, folder }: EngineSettingsFacts): readonly HostStep[] {
  const after = withEngineDefaults(daemon === undefined ? { failure: 'missing' } : { text: daemon }, flags);
  if (after === undefined) return [];
  const cause = 'logs of containers shall end before the disk does, and nodes have time to close';
  const edit = fileSteps('engine-settings', cause, { path: DAEMON_CONFIG, before: daemon, after }, daemonKept);
  return folder ? edit : [folderStep('engine-folder', 'settings of the engine stand there', FOLDER), ...edit];
}

/** Its undo leaves a folder that somebody else uses by then. */
function folderStep(id: string, cause: string, path: string): HostStep {
  return runStep(id, cause, ['mkdir', '-p', path], ['rmdir', '--ignore-fail-on-non-empty', path]);
}

/** Bounds of logs wait for a restart of the engine; the stop timeout holds from now on. */
function reloading(pid: number): HostStep {
  const step = runStep('engine-reload', 'the running engine shall know its stop timeout', ['kill', '-HUP', String(pid)]);
  return { ...step, command: 'kill -HUP $(cat /var/run/docker.pid)' };
}

function unitSteps({ unit }: EngineSettingsFacts): readonly HostStep[] {
  if (unit === undefined || (unit.seconds !== undefined && unit.seconds >= ENGINE_STOP_SECONDS)) return [];
  const after = `# Written by nodectl: geth may need minutes to write its state.\n[Service]\nTimeoutStopSec=${UNIT_SECONDS}\n`;
  if (unit.text === after && unit.seconds === undefined) return [];
  if (unit.text !== undefined && unit.text !== after) {
    throw new NodectlError('HOST_REFUSED', `${UNIT_DROP_IN} was changed by somebody, so nodectl does not touch it.`, {
      hint: `Set TimeoutStopSec=${UNIT_SECONDS} there yourself, or remove the file.`,
    });
  }
  const make = unit.folder ? [] : [folderStep('unit-folder', 'additions to the unit stand there', UNIT_FOLDER)];
  const cause = 'systemd shall not kill the engine while nodes close';
  const edit = unit.text === after ? [] : fileSteps('unit-patience', cause, { path: UNIT_DROP_IN, before: unit.text, after }, undefined);
  return [...make, ...edit, runStep('unit-reload', 'systemd shall read it', ['systemctl', 'daemon-reload'])];
}
