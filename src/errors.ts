/** Exit codes of the command line, as DESIGN promises them to scripts. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | VerdictExit | 130;

/** What `diagnose` found, by class. */
export type VerdictExit = 20 | 21 | 22 | 23 | 24 | 25 | 26 | 27 | 28 | 29 | 30 | 31 | 39;

interface ErrorRow {
  readonly exit: ExitCode;
  /** What the user can type or do next; an error may carry a more exact hint of its own. */
  readonly hint: string;
}

/** Every error nodectl can end with: one row each, code → exit code and the default hint. */
export const ERRORS = {
  BUG: { exit: 1, hint: 'This is a bug in nodectl. Please report it with the stack above.' },

  USAGE: { exit: 2, hint: 'See `nodectl --help`.' },
  INVALID_NAME: { exit: 2, hint: 'Use 1 to 63 of a-z, 0-9, - and _, starting with a letter or digit.' },
  INVALID_SIZE: { exit: 2, hint: 'Write a size as docker does: 512M, 2G, 1.5g.' },
  INVALID_CPUS: { exit: 2, hint: 'Write CPUs as a decimal, for instance 1.5.' },
  INVALID_VERSION: { exit: 2, hint: 'Write a geth version as X.Y.Z, for instance 1.17.8.' },
  INVALID_PROFILE: { exit: 2, hint: 'Correct the profile file, then try again.' },
  INVALID_GENESIS: { exit: 2, hint: 'Correct the genesis file, then try again.' },
  UNSUPPORTED_MODE: { exit: 2, hint: 'Choose another --syncmode.' },
  UNSUPPORTED_VERSION: { exit: 2, hint: 'Choose another --geth-version.' },
  UNSUPPORTED_OPTION: { exit: 2, hint: 'Leave the option out, or choose another --geth-version.' },
  WRONG_VOLUME: { exit: 2, hint: 'Use another --name; the volume is left as it is.' },
  IMPOSSIBLE_BUDGET: { exit: 2, hint: 'Change the limits, or add --force where the kernel would accept them.' },
  NODE_AMBIGUOUS: { exit: 2, hint: 'Name the node.' },
  CONFIRMATION_REQUIRED: { exit: 2, hint: 'Add --yes to agree without a terminal.' },

  ENGINE_NOT_INSTALLED: { exit: 4, hint: 'Install it with `nodectl host docker install`.' },
  ENGINE_NOT_RUNNING: { exit: 4, hint: 'Start it: `systemctl start docker`, or `nodectl host docker install` where there is no systemd.' },
  ENGINE_NO_PERMISSION: {
    exit: 4,
    hint: 'Run as root, or `sudo usermod -aG docker $USER` and log in again (the docker group is root-equivalent).',
  },
  ENGINE_UNREACHABLE: { exit: 4, hint: 'Check DOCKER_HOST, `docker context ls` and the network to that host.' },
  ENGINE_TOO_OLD: { exit: 4, hint: 'Upgrade the Docker engine to 20.10 or newer.' },
  ENGINE_FAILED: { exit: 4, hint: 'See the engine log (`journalctl -u docker`).' },
  ENGINE_INSTALL_FAILED: { exit: 4, hint: 'Install a Docker engine by hand, then run the same command again.' },
  NAME_TAKEN: { exit: 4, hint: 'Choose another --name, or remove that container yourself.' },
  CONTAINER_PAUSED: { exit: 4, hint: 'Let it go on with `docker unpause`, then run the same command again.' },
  PORT_TAKEN: { exit: 4, hint: 'Use --port auto, or free the port.' },
  IMAGE_PULL_FAILED: { exit: 4, hint: 'Check the network and the image reference, or build it: --image-source build.' },
  REGISTRY_UNREACHABLE: { exit: 4, hint: 'Check the network and the proxy of the engine, or build the image: --image-source build.' },
  IMAGE_BUILD_FAILED: { exit: 4, hint: 'See the build output above.' },
  IMAGE_NOT_GETH: { exit: 4, hint: 'Give an image whose entrypoint is geth, for instance ethereum/client-go:v1.17.8.' },
  IMAGE_UNFIT: { exit: 4, hint: 'Give an image of the program that is to run, or leave --image out.' },
  IMAGE_WRONG_ARCHITECTURE: { exit: 4, hint: 'Give an image that has the architecture of the engine.' },
  GO_MISSING: { exit: 4, hint: 'Install Go 1.25 or newer (https://go.dev/dl), or use an image: --image-source pull.' },
  DISK_FULL: { exit: 4, hint: 'Free disk space on the engine host, then run the same command again.' },
  DISK_TOO_SMALL: { exit: 4, hint: 'Use a larger disk, or add --force when you know better.' },
  STORAGE_IMPOSSIBLE: { exit: 4, hint: 'Choose another --storage-mode, or leave it out.' },
  STORAGE_FIXED: { exit: 4, hint: 'Move the chain with `nodectl storage migrate`, or begin another with another --name.' },
  STORAGE_LOST: { exit: 4, hint: 'Put the file back, or begin anew: `nodectl down --volumes`, then `nodectl up`.' },
  ENDPOINTS_REFUSED: { exit: 4, hint: 'Name servers of your own; see docs/endpoints.md.' },
  NO_ROOM: { exit: 4, hint: 'Give the node more memory: `nodectl up --memory`.' },
  NODE_NOT_RUNNING: { exit: 4, hint: 'Start it with `nodectl start`.' },
  GETH_REFUSED: { exit: 4, hint: 'See what geth said above.' },
  HOST_REFUSED: { exit: 4, hint: 'See what the system said above.' },
  PERMISSION: { exit: 4, hint: 'Run as root.' },
  NODE_RUNNING: { exit: 4, hint: 'Stop it with `nodectl stop`, then run the same command again.' },
  UNFINISHED: { exit: 4, hint: 'Run the same command again: it goes on where it was.' },
  ARCHIVE_BROKEN: { exit: 4, hint: 'Make the archive again with `nodectl export`; nothing was kept of this one.' },
  ARCHIVE_UNSAFE: { exit: 4, hint: 'Take an archive from whom you trust; nothing was kept of this one.' },
  ARCHIVE_NEWER: { exit: 4, hint: 'Upgrade nodectl on this machine, then run the same command again.' },
  ZSTD_MISSING: { exit: 4, hint: 'Install zstd (`apt-get install zstd`), or run nodectl with Node 22.15 or newer.' },
  CONVERGENCE_FAILED: { exit: 4, hint: 'Something else keeps changing this node; run the same command again.' },

  NO_SUCH_NODE: { exit: 5, hint: 'List the nodes with `nodectl ls`.' },
  NO_SUCH_PROFILE: { exit: 5, hint: 'List the networks with `nodectl profiles ls`.' },
  NO_SUCH_FILE: { exit: 5, hint: 'Check the path and its spelling.' },
  NO_SUCH_IMAGE: { exit: 5, hint: 'Check the reference and its spelling.' },

  TIMED_OUT: { exit: 6, hint: 'Raise --timeout, or look with `nodectl logs`.' },
  CONTAINER_DIED: { exit: 7, hint: 'Look with `nodectl logs`.' },

  INTERRUPTED: { exit: 130, hint: 'Run the same command again to go on: it converges.' },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

interface ErrorDetails {
  readonly hint?: string;
  /** Aligned lines printed under the message, in order. */
  readonly facts?: Readonly<Record<string, string>>;
  readonly cause?: unknown;
}

/** The only error nodectl throws: a row of the table, what happened in words, and what to type next. */
export class NodectlError extends Error {
  readonly code: ErrorCode;
  readonly hint: string;
  readonly facts: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'NodectlError';
    this.code = code;
    this.hint = details.hint ?? ERRORS[code].hint;
    this.facts = details.facts ?? {};
  }

  get exit(): ExitCode {
    return ERRORS[this.code].exit;
  }
}
