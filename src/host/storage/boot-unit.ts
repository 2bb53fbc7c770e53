import type { SizedPlace } from '../../node/storage/sized-place.ts';
import { shellWord } from '../shell-word.ts';
import { attachCommand } from './attach-command.ts';

export function unitName({ volume }: SizedPlace): string {
  return `nodectl-storage-${volume}.service`;
}

export function unitPath(place: SizedPlace): string {
  return `/etc/systemd/system/${unitName(place)}`;
}

/** A unit of systemd that gives the file its loop device at every boot, before the engine wants to mount it. */
export function unitText(place: SizedPlace): string {
  return `# Made by nodectl for the volume ${place.volume}; \`nodectl down --volumes\` removes it.
[Unit]
Description=Loop device of the volume ${place.volume}
RequiresMountsFor=${escaped(place.image)}
Before=docker.service podman.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/bin/sh -c ${escaped(shellWord(attachCommand(place)))}

[Install]
WantedBy=multi-user.target
`;
}

/** Systemd reads % and $ itself. */
function escaped(text: string): string {
  return text.replaceAll('%', '%%').replaceAll('$', () => '$$');
}
