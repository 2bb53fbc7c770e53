import { shellLine } from '../shell-word.ts';

export const GUARD_UNIT = 'nodectl-guard.service';
export const GUARD_UNIT_PATH = `/etc/systemd/system/${GUARD_UNIT}`;

/** Where the engine is unless something else is said. */
const USUAL_ENDPOINT = 'unix:///var/run/docker.sock';

/** What a guard of this machine is started with. */
export interface GuardPlace {
  /** The words that start this nodectl. */
  readonly program: readonly string[];
  /** Of the engine, as nodectl reached it. */
  readonly endpoint: string;
}

/** A unit of systemd that stops geth at a size that nothing else keeps, from every boot on. */
export function guardUnitText({ program, endpoint }: GuardPlace): string {
  const engine = endpoint === USUAL_ENDPOINT ? '' : `Environment=${systemdWord(`DOCKER_HOST=${endpoint}`)}\n`;
  return `# Made by nodectl; \`nodectl down\` of the last node that needs it removes it.
[Unit]
Description=Stops geth in good order at the --storage of its node
After=docker.service podman.service
StartLimitIntervalSec=0

[Service]
${engine}ExecStart=${[...program, 'watch', '--guard', '--json'].map(systemdWord).join(' ')}
SuccessExitStatus=130
Restart=always
RestartSec=5
TimeoutStopSec=360
OOMScoreAdjust=-500

[Install]
WantedBy=multi-user.target
`;
}

/** The command a person keeps running where there is no systemd. */
export function guardCommand(): string {
  return shellLine(['nodectl', 'watch', '--guard']);
}

/** Systemd reads quotes, backslashes, % and $ itself. */
function systemdWord(word: string): string {
  const escaped = word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('%', '%%')
    .replaceAll('$', () => '$$');
  return /^[\w@+=:,./%$-]+$/.test(escaped) ? escaped : `"${escaped}"`;
}
