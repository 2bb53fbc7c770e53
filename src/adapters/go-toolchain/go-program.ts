import { BUILT_PROGRAMS } from '../../node/built-program.ts';
import type { ProgramName } from '../../ports/images.ts';

/** How go has to link a version. */
export interface Linking {
  /** True where parts of it are C, which a C compiler has to be there for. */
  readonly cgo: boolean;
  readonly ldflags: string;
  readonly env: Readonly<Record<string, string>>;
}

interface LinkFacts {
  readonly version: string;
  /** The text of the module's go.mod. */
  readonly requirements: string;
  readonly goVersion: string;
}

/** Where a program's source is and what go must be told to build it; each command is the folder of its name under cmd/. */
export interface GoProgram {
  module(version: string): string;
  linking(facts: LinkFacts): Linking;
  /** Debian's packages with all that a build with C parts needs. */
  readonly compilers: string;
  /** What Go's caches take, in words. */
  readonly space: string;
}

const PRYSM = (version: string) => `github.com/OffchainLabs/prysm/v${version.split('.')[0]}`;

export const GO_PROGRAMS: Readonly<Record<ProgramName, GoProgram>> = {
  geth: {
    module: () => 'github.com/ethereum/go-ethereum',
    linking({ requirements, goVersion }) {
      // Go 1.23 began to refuse what geth up to 1.14.7 links to; older linkers do not know the flag.
      const ldflags = newerThan122(goVersion) ? '-checklinkname=0' : '';
      // geth up to 1.10.13 or so runs its JavaScript console on a C library.
      return { cgo: requirements.includes('go-duktape'), ldflags, env: {} };
    },
    compilers: 'gcc libc6-dev',
    space: '2 GB',
  },
  prysm: {
    module: PRYSM,
    linking: ({ version }) => ({
      cgo: true,
      ldflags: `-X ${PRYSM(version)}/runtime/version.gitTag=v${version}`,
      // As Prysm's releases are built: its signatures must not need the newest instructions of the processor that built it.
      env: { CGO_CFLAGS: '-O2 -D__BLST_PORTABLE__' },
    }),
    compilers: 'g++',
    space: '4 GB',
  },
};

/** `geth 1.17.8`, for messages. */
export function programName({ program, version }: { readonly program: ProgramName; readonly version: string }): string {
  return `${BUILT_PROGRAMS[program].title} ${version}`;
}

function newerThan122(goVersion: string): boolean {
  const match = /go(\d+)\.(\d+)/.exec(goVersion);
  return match === null || Number(match[1]) > 1 || Number(match[2]) > 22;
}
