import type { OptionUsage } from '../command.ts';

/** The names of an option as typed, in the order of its flags: `-y`, `--yes`. */
export function namesOf({ flags }: OptionUsage): readonly string[] {
  return flags.match(/(?<![\w<-])--?[a-zA-Z][\w-]*/g) ?? [];
}

export function takesValue({ flags }: OptionUsage): boolean {
  return flags.includes('<');
}

/** What every command takes besides its own options. */
export const COMMON_OPTIONS: readonly OptionUsage[] = [
  { flags: '--json', help: 'print one JSON document' },
  { flags: '-h, --help', help: 'show help' },
];
