import type { CommandEntry } from '../command.ts';

/** Every command, in the order of `nodectl --help`. */
export const COMMANDS: readonly CommandEntry[] = [
  { name: 'version', summary: 'print the versions of nodectl and Node', load: async () => (await import('./version.ts')).command },
];

/** What help says of the words that only group commands. */
export const GROUPS: Readonly<Record<string, string>> = {
  image: 'geth images',
  host: 'prepare this machine',
  'host docker': 'the Docker engine of this machine',
};
