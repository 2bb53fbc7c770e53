/** How the Go runtime reads GOMEMLIMIT; `off` is no limit. */
const GO_SIZE = /^\d{1,15}(?:B|[KMGT]iB)?$/;

/** What a geth was told of its memory when it was started. */
export interface GethMemoryWords {
  /** `--cache`, MiB; null where geth's own default holds. */
  readonly cacheMib: number | null;
  /** Whether its Go heap has a soft limit. */
  readonly heapLimited: boolean;
}

/** Read from the words and the environment of its container. */
export function gethMemoryWords(args: readonly string[], env: Readonly<Record<string, string>>): GethMemoryWords {
  const cache = Number(flagValue(args, 'cache') ?? Number.NaN);
  return {
    cacheMib: Number.isSafeInteger(cache) && cache >= 0 ? cache : null,
    heapLimited: flagValue(args, 'memorylimit') !== undefined || GO_SIZE.test(env.GOMEMLIMIT ?? ''),
  };
}

/** A flag's value, the last where it is given several times, as geth takes it: `--cache 512`, `-cache=512`. */
export function flagValue(args: readonly string[], flag: string): string | undefined {
  const index = args.findLastIndex((word) => new RegExp(`^--?${flag.replaceAll('.', '\\.')}(?:=|$)`).test(word));
  const word = args[index];
  if (word === undefined) return undefined;
  const at = word.indexOf('=');
  return at === -1 ? args[index + 1] : word.slice(at + 1);
}
