import type { Ran } from '../../src/ports/volume-run.ts';

/** What a container of the fake engine does, decided from its arguments; the words are those of test/contract/probe.go. */
export interface ProgramRun {
  readonly lines: readonly { readonly stream: 'stdout' | 'stderr'; readonly text: string }[];
  /** The code it ends with by itself; undefined: it runs until it is stopped. */
  readonly exitCode?: number | undefined;
  /** The code after the signal it heeds, SIGTERM unless told otherwise; undefined: it ignores every one and is killed. */
  readonly stopped?: { readonly exitCode: number; readonly lines: readonly string[]; readonly by?: 'SIGTERM' | 'SIGINT' } | undefined;
}

/** What a program sees of its container: `uid:gid mode` of a path, and the text of a file. */
export interface ProgramView {
  owner(path: string): string;
  text(path: string): string | undefined;
  hex(path: string): string | undefined;
  writable(path: string): boolean;
}

export type Program = (args: readonly string[], view: ProgramView) => ProgramRun;

const out = (text: string) => ({ stream: 'stdout' as const, text });

/** The program of the contract suite; words it does not know serve, so that a geth command line stays up. */
export const probeProgram: Program = (args, view) => {
  switch (args[0]) {
    case 'version':
      return { lines: [out('Geth'), out('Version: 1.17.8-stable')], exitCode: 0 };
    case 'deaf':
      return { lines: [out('serving')] };
    case 'interruptible':
      return { lines: [{ stream: 'stderr', text: 'ready' }], stopped: { exitCode: 0, lines: ['interrupted'], by: 'SIGINT' } };
    case 'exit':
      return { lines: [out(`leaving with ${args[1]}`)], exitCode: Number(args[1]) };
    case 'lines':
      return { lines: Array.from({ length: Number(args[1]) }, (_, index) => out(`line ${index + 1}`)), exitCode: 0 };
    case 'owner':
      return { lines: [out(view.owner(args[1] ?? ''))], exitCode: 0 };
    case 'text': {
      const text = view.text(args[1] ?? '');
      return { lines: text === undefined ? [] : [out(text)], exitCode: text === undefined ? 1 : 0 };
    }
    case 'hex': {
      const hex = view.hex(args[1] ?? '');
      return { lines: hex === undefined ? [] : [out(hex)], exitCode: hex === undefined ? 1 : 0 };
    }
    case 'write':
      return { lines: [out(String(view.writable(args[1] ?? '')))], exitCode: 0 };
    case 'both':
      return { lines: [out('to stdout'), { stream: 'stderr', text: 'to stderr' }], exitCode: 0 };
    default:
      return { lines: [out('serving'), { stream: 'stderr', text: 'ready' }], stopped: { exitCode: 0, lines: ['stopped'] } };
  }
};

/** What a run that ended printed; undefined while it goes on. */
export function ranToItsEnd({ lines, exitCode }: ProgramRun): Ran | undefined {
  const printed = (stream: 'stdout' | 'stderr') => lines.flatMap((line) => (line.stream === stream ? [`${line.text}\n`] : [])).join('');
  return exitCode === undefined ? undefined : { exitCode, stdout: printed('stdout'), stderr: printed('stderr') };
}
