import { readFileSync } from 'node:fs';
import { NodectlError } from '../../errors.ts';
import { BUILT_PROGRAMS } from '../../node/built-program.ts';
import { compareVersions } from '../../node/geth-version.ts';
import type { BuildOrder } from '../../ports/images.ts';
import { buildFailure, type MissingModule, missingModule } from './build-failure.ts';
import type { Go } from './go-command.ts';
import { GO_PROGRAMS, programName } from './go-program.ts';

/** How many older versions are looked at for one that builds. */
const LOOK_BACK = 15;

/** A program's source on this machine. */
export interface ProgramModule {
  readonly folder: string;
  /** h1:… */
  readonly sum: string;
  /** The text of its go.mod. */
  readonly requirements: string;
}

/** Gets the source of a version, checked against Go's checksum database; INVALID_VERSION when there is no such version. */
export async function downloadProgram(go: Go, order: BuildOrder, signal: AbortSignal | undefined): Promise<ProgramModule> {
  const { version } = order;
  const { ok, stdout, stderr } = await go.run(['mod', 'download', '-json', `${moduleOf(order)}@v${version}`], { signal });
  const facts = parseFacts(stdout);
  if (ok && facts.Dir !== undefined && facts.Sum !== undefined && facts.GoMod !== undefined) {
    return { folder: facts.Dir, sum: facts.Sum, requirements: readFileSync(facts.GoMod, 'utf8') };
  }
  const output = facts.Error ?? stderr;
  const missing = missingModule(output);
  if (missing === undefined) throw buildFailure(order, output);
  const known = missing.offline ? [] : await releasedVersions(go, order, signal);
  if (known.length > 0 && !known.includes(version)) {
    const nearest = known.find((candidate) => compareVersions(candidate, version) < 0) ?? known.at(-1);
    throw new NodectlError('INVALID_VERSION', `There is no ${programName(order)}.`, {
      hint: `The nearest version is ${option(order)} ${nearest}.`,
    });
  }
  throw new NodectlError('IMAGE_BUILD_FAILED', `The source of ${programName(order)} cannot be had: ${firstLine(output)}`, {
    hint: missing.offline
      ? 'Check the network and GOPROXY, or use an image: --image-source pull.'
      : `Check ${option(order)} and GOPROXY, or use an image: --image-source pull.`,
  });
}

/** The failure of a build that lacks a module: names it and the newest version below `version` that does without. */
export async function moduleFailure(
  go: Go,
  order: BuildOrder,
  missing: MissingModule,
  signal: AbortSignal | undefined,
): Promise<NodectlError> {
  const name = `${missing.path}@${missing.version}`;
  const facts = { module: name };
  if (missing.offline) {
    return new NodectlError(
      'IMAGE_BUILD_FAILED',
      `${programName(order)} needs the Go module ${name}, and the module proxy cannot be reached.`,
      {
        facts,
        hint: 'Check the network and GOPROXY, or use an image: --image-source pull.',
      },
    );
  }
  const older = await newestWithout(go, order, name, signal);
  return new NodectlError(
    'IMAGE_BUILD_FAILED',
    `${programName(order)} needs the Go module ${name}, which the module proxy does not give.`,
    {
      facts: older === undefined ? facts : { ...facts, 'newest without': older },
      hint:
        older === undefined
          ? 'Set GOPROXY to a proxy that has it, or use an image: --image-source pull.'
          : `Take ${option(order)} ${older}, the newest that builds without it, or use an image: --image-source pull.`,
    },
  );
}

async function newestWithout(go: Go, order: BuildOrder, module: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const released = await releasedVersions(go, order, signal);
  const older = released.filter((candidate) => compareVersions(candidate, order.version) < 0).slice(0, LOOK_BACK);
  if (older.length === 0) return undefined;
  const args = ['list', '-m', '-e', '-f', '{{.Version}} {{.GoMod}}', ...older.map((candidate) => `${moduleOf(order)}@v${candidate}`)];
  const { stdout } = await go.run(args, { signal });
  const [path, wanted] = module.split('@');
  for (const line of stdout.split('\n')) {
    const [candidate = '', file = ''] = line.split(' ');
    if (file !== '' && !readFileSync(file, 'utf8').includes(`${path} ${wanted}`)) return candidate.slice(1);
  }
  return undefined;
}

/** Released versions, the newest first; none when the list cannot be had. */
async function releasedVersions(go: Go, order: BuildOrder, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const { ok, stdout } = await go.run(['list', '-m', '-versions', moduleOf(order)], { signal });
  if (!ok) return [];
  return stdout
    .split(/\s+/)
    .filter((word) => /^v\d+\.\d+\.\d+$/.test(word))
    .map((word) => word.slice(1))
    .sort((a, b) => compareVersions(b, a));
}

function moduleOf({ program, version }: BuildOrder): string {
  return GO_PROGRAMS[program].module(version);
}

function option({ program }: BuildOrder): string {
  return BUILT_PROGRAMS[program].versionOption;
}

function parseFacts(text: string): { Dir?: string; Sum?: string; GoMod?: string; Error?: string } {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
