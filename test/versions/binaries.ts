import { execFile, execFileSync } from 'node:child_process';
import { goToolchain } from '../../src/adapters/go-toolchain.ts';
import { PROVED_VERSIONS } from '../../src/node/geth-rules/known-versions.ts';

/** The versions to prove, from NODECTL_GETH_VERSIONS (separated by commas) or all. */
export const VERSIONS: readonly string[] =
  process.env.NODECTL_GETH_VERSIONS?.split(/[\s,]+/).filter((version) => version !== '') ?? PROVED_VERSIONS;

const ARCHITECTURE = process.arch === 'arm64' ? 'arm64' : 'amd64';

/** The path of a real geth, from nodectl's own builder and its cache. */
export async function gethBinary(version: string): Promise<string> {
  return (await goToolchain(process.env).build({ program: 'geth', version, architecture: ARCHITECTURE }, () => {})).path;
}

/** The flags that a binary's own `--help` defines, without dashes. */
export function helpFlags(binary: string): ReadonlySet<string> {
  const text = execFileSync(binary, ['--help'], { encoding: 'utf8', env: {}, maxBuffer: 2 ** 24 });
  const heads = [...text.matchAll(/^\s+(-{1,2}[\w.-]+(?: value)?(?:, -{1,2}[\w.-]+(?: value)?)*)(?=\s|$)/gm)];
  return new Set(heads.flatMap(([, head = '']) => [...head.matchAll(/--([\w.-]+)/g)].map(([, flag = '']) => flag)));
}

/** The flags among words for geth, without dashes and values. */
export function flagsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => /^--([\w.-]+)/.exec(word)?.[1] ?? []);
}

/** Those of the flags that the binary knows, also when its help does not name them. Asked two at a time. */
export async function takenFlags(binary: string, flags: readonly string[]): Promise<readonly string[]> {
  const left = [...flags];
  const taken: string[] = [];
  const ask = async () => {
    for (let flag = left.pop(); flag !== undefined; flag = left.pop()) if (await takesFlag(binary, flag)) taken.push(flag);
  };
  await Promise.all([ask(), ask()]);
  return taken;
}

function takesFlag(binary: string, flag: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(binary, [`--${flag}=1`, '--help'], { env: {}, maxBuffer: 2 ** 24 }, (_error, stdout, stderr) =>
      resolve(!`${stdout}${stderr}`.includes(`flag provided but not defined: -${flag}`)),
    );
  });
}
