import { NodectlError } from '../../errors.ts';
import { BUILT_PROGRAMS } from '../../node/built-program.ts';
import type { BuildOrder } from '../../ports/images.ts';
import { GO_PROGRAMS, programName } from './go-program.ts';

/** A module that Go could not get, by its own words. */
export interface MissingModule {
  readonly path: string;
  readonly version: string;
  /** False when the answer came from the module proxy: then this module is refused, not the network broken. */
  readonly offline: boolean;
}

const MISSING =
  /([\w.~-]+\.[a-z]+\/[\w.~/-]+)@(v[\w.+-]+): (?:reading|Get|invalid version|unrecognized import path|unknown revision|module lookup disabled|verifying)/;
const OFFLINE =
  /dial tcp|no such host|connection refused|i\/o timeout|TLS handshake timeout|network is unreachable|proxyconnect|x509|GOPROXY=off|GOPROXY list/i;

/** The first module that go's output says it could not get; undefined when that was not the trouble. */
export function missingModule(output: string): MissingModule | undefined {
  const match = MISSING.exec(output);
  if (match?.[1] === undefined || match[2] === undefined) return undefined;
  return { path: match[1], version: match[2], offline: OFFLINE.test(output) };
}

/** What go's output means where no module is missing: DISK_FULL, GO_MISSING for a toolchain that is too old, else IMAGE_BUILD_FAILED. */
export function buildFailure(order: BuildOrder, output: string): NodectlError {
  const name = programName(order);
  const { compilers, space } = GO_PROGRAMS[order.program];
  if (/no space left on device|disk quota exceeded/i.test(output)) {
    return new NodectlError('DISK_FULL', `The disk filled up while building ${name} (Go's caches need about ${space}).`);
  }
  const requires = /requires go >= ?(\d+\.\d+(?:\.\d+)?)|invalid go version '(\d+\.\d+(?:\.\d+)?)'|module requires Go (\d+\.\d+)/.exec(
    output,
  );
  if (requires !== null) {
    const needed = requires[1] ?? requires[2] ?? requires[3];
    return new NodectlError('GO_MISSING', `${name} needs Go ${needed} or newer; the toolchain here is older.`, {
      hint: `Install Go ${needed} or newer (https://go.dev/dl), or use an image: --image-source pull.`,
    });
  }
  if (/C compiler "[^"]*" not found|exec: "(gcc|cc|clang|g\+\+)"|cannot find -l/.test(output)) {
    return new NodectlError('IMAGE_BUILD_FAILED', `${name} needs a C compiler with its static libraries to build; there is none here.`, {
      hint: `Install it (Debian: apt-get install ${compilers}), or use an image: --image-source pull.`,
    });
  }
  const last = output.trim().split('\n').slice(-12).join('\n');
  return new NodectlError('IMAGE_BUILD_FAILED', `Building ${name} failed:\n${last}`, {
    hint: `Take another ${BUILT_PROGRAMS[order.program].versionOption}, or use an image: --image-source pull.`,
  });
}
