import type { Signature } from './signature.ts';

/** What the Go runtime writes when a program of its own fault, of a signal or of want of memory ends. */
export const CRASHES: readonly Signature[] = [
  {
    id: 'memory.runtime',
    kind: 'runtime-out-of-memory',
    pattern:
      /^fatal error: (?:runtime: )?(?:out of memory|cannot allocate memory|(?:arena|page|heap|memory)? ?.*(?:allocating heap arena|failed to reserve|failed to allocate|cannot map pages in arena))/,
    meaning: 'The Go runtime asked the kernel for memory and did not get it.',
    versions: 'all',
    example: 'fatal error: runtime: cannot allocate memory',
  },
  {
    id: 'memory.no-block',
    kind: 'runtime-out-of-memory',
    pattern: /^runtime: out of memory: cannot allocate /,
    meaning: 'The Go runtime asked the kernel for a block of memory and did not get it.',
    versions: 'all',
    example: 'runtime: out of memory: cannot allocate 201326592-byte block (1306238976 in use)',
  },
  {
    id: 'threads.none-given',
    kind: 'no-threads',
    pattern: /^runtime: (?:failed to create new OS thread|may need to increase max user processes)/,
    meaning: 'The kernel gave it no further thread: its limit of processes is met.',
    versions: 'all',
    example: 'runtime: failed to create new OS thread (have 9 already; errno=11)',
  },
  {
    id: 'signal.fault-address',
    kind: 'signal',
    pattern: /^unexpected fault address 0x/,
    meaning: 'It read or wrote memory that was not there; below a mapped file that is a disk that fails or is full.',
    versions: 'all',
    example: 'unexpected fault address 0x7f61d8b5c000',
  },
  {
    id: 'signal.bus',
    kind: 'signal',
    pattern: /^(?:SIGBUS: |\[signal SIGBUS: )/,
    meaning: 'A page of a mapped file could not be had: the disk below it fails or is full, or somebody sent SIGBUS.',
    versions: 'all',
    example: 'SIGBUS: bus error',
  },
  {
    id: 'signal.other',
    kind: 'signal',
    pattern: /^(?:SIG(?:SEGV|ABRT|QUIT|ILL|FPE|TRAP|SYS|STKFLT|EMT): |\[signal SIG(?:ILL|FPE|TRAP|SYS): )/,
    meaning: 'A signal ended it, by a fault of the program or the machine, or sent by somebody.',
    versions: 'all',
    example: 'SIGSEGV: segmentation violation',
  },
];

/** What any other panic looks like; asked after every other row. */
export const PANICS: readonly Signature[] = [
  {
    id: 'panic.any',
    kind: 'panic',
    pattern: /^panic: /,
    meaning: 'It met a fault of its own and gave up.',
    versions: 'all',
    example: 'panic: boom',
  },
  {
    id: 'panic.fatal-error',
    kind: 'panic',
    pattern: /^fatal error: /,
    meaning: 'The Go runtime met a fault that cannot be lived with.',
    versions: 'all',
    example: 'fatal error: all goroutines are asleep - deadlock!',
  },
];
