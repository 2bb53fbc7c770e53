import { END, kernel, makeCase, oomKill } from '../case-factory.ts';
import type { CauseRow } from './cause.ts';

const failed = (error: string, exitCode = 128) => ({ state: 'created', startedAt: 0, finishedAt: 0, exitCode, error }) as const;
const line = (text: string) => [{ at: END - 500, text }];

/** What engines say of a container that they could not start. */
export const FAILED_STARTS: readonly CauseRow[] = [
  [
    'a published port',
    'port.taken',
    27,
    'certain',
    makeCase({
      container: failed(
        'driver failed programming external connectivity on endpoint x: Bind for 0.0.0.0:8545 failed: port is already allocated',
      ),
    }),
  ],
  [
    'a published port, newer engine',
    'port.taken',
    27,
    'certain',
    makeCase({
      container: failed(
        'failed to set up container networking: driver failed programming external connectivity on endpoint x (abc): failed to bind host port for 127.0.0.1:8545:172.17.0.2:8545/tcp: address already in use',
      ),
    }),
  ],
  [
    'a published port, at a later start',
    'port.taken',
    27,
    'certain',
    makeCase({
      container: { exitCode: 137, oomKilled: true, error: 'listen tcp4 127.0.0.1:8545: bind: address already in use' },
      kernel: kernel(oomKill()),
    }),
  ],
  ['network gone', 'network.broken', 27, 'certain', makeCase({ container: failed('network 3b8aef4afe0e not found') })],
  [
    'bridge gone',
    'network.broken',
    27,
    'certain',
    makeCase({
      container: failed(
        'failed to create endpoint dev on network bridge: adding interface veth7 to bridge docker0 failed: could not find bridge docker0: route ip+net: no such network interface',
      ),
    }),
  ],
  [
    'firewall rules gone',
    'network.broken',
    27,
    'certain',
    makeCase({
      container: failed(
        'driver failed programming external connectivity on endpoint dev: (iptables failed: iptables --wait -t nat -A DOCKER: iptables: No chain/target/match by that name.)',
      ),
    }),
  ],
  [
    'wrong architecture, told by the engine',
    'image.architecture',
    29,
    'certain',
    makeCase({ container: failed('OCI runtime create failed: exec: "/usr/local/bin/geth": exec format error: unknown', 126) }),
  ],
  [
    'wrong architecture, told by the log',
    'image.architecture',
    29,
    'likely',
    makeCase({ lastLines: line('standard_init_linux.go:228: exec user process caused: exec format error') }),
  ],
  [
    'wrong architecture with code 255',
    'image.architecture',
    29,
    'likely',
    makeCase({ container: { exitCode: 255 }, lastLines: line('exec /usr/local/bin/geth: exec format error') }),
  ],
  [
    'program not there',
    'image.entrypoint',
    29,
    'certain',
    makeCase({ container: failed('OCI runtime create failed: exec: "geth": executable file not found in $PATH: unknown', 127) }),
  ],
  [
    'program not executable',
    'image.entrypoint',
    29,
    'certain',
    makeCase({ container: failed('OCI runtime create failed: exec: "/geth": permission denied: unknown', 126) }),
  ],
  ['no command', 'image.entrypoint', 29, 'certain', makeCase({ container: failed('No command specified') })],
  [
    'a shell that finds no program',
    'image.entrypoint',
    29,
    'likely',
    makeCase({ container: { exitCode: 127 }, lastLines: line('sh: nosuch: not found') }),
  ],
  [
    'volume not mounted',
    'start.refused',
    29,
    'certain',
    makeCase({
      container: failed(
        "error while mounting volume '/var/lib/docker/volumes/x/_data': failed to mount local volume: mount /dev/loop7: no such device",
      ),
    }),
  ],
  ['something else', 'start.refused', 29, 'certain', makeCase({ container: failed('the moon is full') })],
  [
    'made and never started',
    'never-started',
    39,
    'certain',
    makeCase({ container: { state: 'created', startedAt: 0, finishedAt: 0, exitCode: 0 } }),
  ],
];
