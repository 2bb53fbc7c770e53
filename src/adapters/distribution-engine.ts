import { NodectlError } from '../errors.ts';
import { engineInstallSteps, type InstallStep } from '../host/engine-packages.ts';
import type { EngineInstaller } from '../ports/images.ts';
import type { OnProgress } from '../ports/progress.ts';
import { engineAnswers } from './distribution-engine/engine-answers.ts';
import { runStep } from './distribution-engine/run-step.ts';
import { startDaemon, waitForEngine } from './distribution-engine/start-daemon.ts';
import { systemFacts } from './distribution-engine/system-facts.ts';

const PLACES = { socket: '/var/run/docker.sock', pidFile: '/var/run/docker.pid', log: '/var/log/dockerd.log' };

/** Milliseconds from the start to the first answer; a small machine loads kernel modules and writes its first files then. */
const PATIENCE = 90_000;

/** Installs this distribution's own Docker engine and starts it, under systemd or OpenRC or, without either, by itself. */
export function distributionEngine(): EngineInstaller {
  const steps = async () => ((await engineAnswers(PLACES.socket)) ? [] : engineInstallSteps(systemFacts()));
  return {
    async plan() {
      const planned = await steps();
      if (planned !== undefined && planned.length > 0) requireRoot();
      return planned?.map(stepLine);
    },
    async install(onProgress) {
      const planned = await steps();
      if (planned === undefined)
        throw new NodectlError('ENGINE_INSTALL_FAILED', 'This system has no Docker engine that nodectl knows to install.');
      if (planned.length > 0) {
        requireRoot();
        await walk(planned, onProgress);
      }
    },
  };
}

async function walk(steps: readonly InstallStep[], onProgress: OnProgress): Promise<void> {
  let lives = () => true;
  for (const step of steps) {
    if (step.kind === 'daemon') lives = startDaemon(step.words, PLACES);
    else await runStep(step, onProgress);
  }
  await waitForEngine(PLACES, lives, Date.now() + PATIENCE, onProgress);
}

function stepLine({ kind, words, env }: InstallStep): string {
  const line = [...Object.entries(env ?? {}).map(([name, value]) => `${name}=${value}`), ...words].join(' ');
  return kind === 'daemon' ? `setsid ${line} >>${PLACES.log} 2>&1 &` : line;
}

function requireRoot(): void {
  if (process.getuid?.() !== 0)
    throw new NodectlError('PERMISSION', 'Installing or starting a Docker engine needs root.', { hint: 'Run it with sudo.' });
}
