import { MIB } from '../../../src/node/size.ts';
import { CLOSED, died, END, kernel, makeCase, makeForeign, PID, said, signalled } from '../case-factory.ts';
import type { CauseRow } from './cause.ts';

const failed = (error: string, exitCode = 128) => ({ state: 'created', startedAt: 0, finishedAt: 0, exitCode, error }) as const;
const alive = { exitCode: 0 } as const;

/** What a program leaves that ended itself: crashes, refusals, its disk and its database. */
export const OWN_ENDS: readonly CauseRow[] = [
  ['Go panic', 'crash.panic', 23, 'certain', makeCase({ container: { exitCode: 2 }, signed: [said('panic', 'panic: boom')] })],
  [
    'SIGQUIT through the engine',
    'crash.panic',
    23,
    'certain',
    makeCase({ container: { exitCode: 2 }, signed: [said('signal', 'SIGQUIT: quit')], events: [signalled(3, END - 100), died(2)] }),
  ],
  ['memory refused', 'crash.memory', 23, 'certain', makeCase({ container: { exitCode: 2 }, signed: [said('runtime-out-of-memory')] })],
  ['threads refused', 'crash.memory', 23, 'certain', makeCase({ container: { exitCode: 2 }, signed: [said('no-threads')] })],
  [
    'SIGSEGV, kernel tells',
    'crash.signal',
    23,
    'certain',
    makeCase({
      container: { exitCode: 139 },
      kernel: kernel({ kind: 'fault', at: END - 10, process: 'geth', pid: PID, lines: ['geth[4242]: segfault at 0'] }),
    }),
  ],
  ['SIGABRT below an init', 'crash.signal', 23, 'likely', makeCase({ container: { exitCode: 134 } })],
  ['SIGILL', 'crash.signal', 23, 'likely', makeCase({ container: { exitCode: 132 } })],
  ['unknown option', 'refused.flag', 24, 'certain', makeCase({ signed: [said('bad-flag', 'flag provided but not defined: -rpc')] })],
  [
    'light on a modern geth',
    'refused.mode',
    24,
    'certain',
    makeForeign({ container: { args: ['--syncmode', 'light'] }, signed: [said('bad-sync-mode')] }),
  ],
  ['key unreadable', 'refused.settings', 24, 'certain', makeCase({ signed: [said('bad-secret')] })],
  ['folder not its own', 'refused.settings', 24, 'certain', makeCase({ signed: [said('permission')] })],
  [
    'another fatal error at the start',
    'refused.settings',
    24,
    'likely',
    makeCase({ container: { startedAt: END - 2000 }, signed: [said('fatal')] }),
  ],
  [
    'disk low',
    'disk.low',
    25,
    'certain',
    makeCase({
      container: alive,
      signed: [said('disk-low'), said('interrupted'), said('clean-end')],
      lastLines: CLOSED.lastLines,
      events: [died(0)],
    }),
  ],
  ['disk full', 'disk.full', 25, 'certain', makeCase({ container: { exitCode: 2 }, signed: [said('disk-full')] })],
  [
    'disk full, as geth 1.17 tells it',
    'disk.full',
    25,
    'likely',
    makeCase({ container: { exitCode: 2 }, signed: [said('panic', 'panic: (*withstack.withStack) 0x27a4387c9830')] }),
  ],
  [
    'disk full below a mapped file',
    'disk.full',
    25,
    'certain',
    makeCase({ container: { exitCode: 2 }, host: { diskFree: 0 }, signed: [said('signal', 'SIGBUS: bus error')] }),
  ],
  [
    'disk full below a mapped file, bare SIGBUS',
    'disk.full',
    25,
    'certain',
    makeCase({ container: { exitCode: 135 }, host: { diskFree: MIB } }),
  ],
  [
    "the engine's disk full",
    'disk.full',
    25,
    'certain',
    makeCase({ container: failed('mkdir /var/lib/docker/overlay2/x: no space left on device') }),
  ],
  [
    'disk fails',
    'disk.fault',
    25,
    'certain',
    makeCase({
      container: { exitCode: 2 },
      signed: [said('disk-error')],
      kernel: kernel({ kind: 'storage-fault', at: END - 900, lines: ['I/O error, dev sda'] }),
    }),
  ],
  ['two on one volume', 'database.locked', 26, 'certain', makeCase({ signed: [said('database-locked')] })],
  ['another genesis', 'database.foreign', 26, 'certain', makeCase({ signed: [said('database-foreign')] })],
  ['a newer database', 'database.version', 26, 'certain', makeCase({ signed: [said('database-version')] })],
  ['a damaged database', 'database.corrupt', 26, 'certain', makeCase({ signed: [said('database-corrupt')] })],
  [
    'a port inside',
    'port.taken',
    27,
    'certain',
    makeCase({ signed: [said('port-taken', 'Fatal: Error starting protocol stack: listen tcp :30303: bind: address already in use')] }),
  ],
  ['an end of which nothing tells', 'unknown', 39, 'possible', makeCase({ events: [died(1)] })],
];
