/** What a container of the fake engine does, decided from its arguments; the words are those of test/contract/probe.go. */
export interface ProgramRun {
  readonly lines: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
  /** The code it ends with by itself; undefined: it runs until it is stopped. */
  readonly exitCode?: number | undefined;
  /** The code after SIGTERM; undefined: it ignores SIGTERM and is killed. */
  readonly stopped?: { readonly exitCode: number; readonly lines: readonly string[] } | undefined;
}

/** `owner` gives `uid:gid mode` of a path inside the container. */
export type Program = (args: readonly string[], owner: (path: string) => string) => ProgramRun;

const out = (text: string) => ({ stream: 'stdout' as const, text });

/** The program of the contract suite; words it does not know serve, so that a geth command line stays up. */
export const probeProgram: Program = (args, owner) => {
  switch (args[0]) {
    case 'version':
      return { lines: [out('Geth'), out('Version: 1.17.8-stable')], exitCode: 0 };
    case 'deaf':
      return { lines: [out('serving')] };
    case 'exit':
      return { lines: [out(`leaving with ${args[1]}`)], exitCode: Number(args[1]) };
    case 'lines':
      return { lines: Array.from({ length: Number(args[1]) }, (_, index) => out(`line ${index + 1}`)), exitCode: 0 };
    case 'owner':
      return { lines: [out(owner(args[1] ?? ''))], exitCode: 0 };
    default:
      return { lines: [out('serving'), { stream: 'stderr', text: 'ready' }], stopped: { exitCode: 0, lines: ['stopped'] } };
  }
};
