import type { CommandEntry } from '../command.ts';

/** Every command, in the order of `nodectl --help`. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'up',
    summary: 'bring a node to what you ask: create it, change it, start it, or find nothing to do',
    load: async () => (await import('./up.ts')).command,
  },
  { name: 'plan', summary: 'print what `up` would do and why, and change nothing', load: async () => (await import('./plan.ts')).command },
  {
    name: 'down',
    summary: 'stop a node in good order and remove its containers; its volumes stay',
    load: async () => (await import('./down.ts')).command,
  },
  { name: 'stop', summary: 'stop a node in good order; containers and chain stay', load: async () => (await import('./stop.ts')).command },
  { name: 'start', summary: 'start a stopped node as it is', load: async () => (await import('./start.ts')).command },
  { name: 'restart', summary: 'stop a node in good order and start it again', load: async () => (await import('./restart.ts')).command },
  { name: 'ls', summary: 'list the nodes', load: async () => (await import('./ls.ts')).command },
  {
    name: 'status',
    summary: 'show where a node stands; exit 3 when it is not healthy',
    load: async () => (await import('./status.ts')).command,
  },
  {
    name: 'wait',
    summary: 'wait until a node has reached what is named; exit 6 when it takes too long, 7 when the node dies',
    load: async () => (await import('./wait.ts')).command,
  },
  {
    name: 'watch',
    summary: 'watch a node: a live view on a terminal, else a line or an event for each change; metrics for Prometheus',
    load: async () => (await import('./watch.ts')).command,
  },
  {
    name: 'inspect',
    summary: 'show everything known of a node: what it was asked to be, its container, volume and enode',
    load: async () => (await import('./inspect.ts')).command,
  },
  { name: 'logs', summary: "print a node's log: geth's, or its consensus client's", load: async () => (await import('./logs.ts')).command },
  {
    name: 'verbosity',
    summary: 'make a running geth log more or less until it ends, or show what it began with',
    load: async () => (await import('./verbosity.ts')).command,
  },
  {
    name: 'console',
    summary: "open geth's JavaScript console of a running node, or evaluate one expression",
    load: async () => (await import('./console.ts')).command,
  },
  {
    name: 'exec',
    summary: "run a program in a node's container; its exit code is passed on",
    load: async () => (await import('./exec.ts')).command,
  },
  { name: 'peers ls', summary: 'list the peers of a running node', load: async () => (await import('./peers-ls.ts')).command },
  {
    name: 'peers add',
    summary: 'make a running node keep a peer connected',
    load: async () => (await import('./peers-add.ts')).command,
  },
  {
    name: 'peers remove',
    summary: 'disconnect a peer and no longer keep it connected',
    load: async () => (await import('./peers-remove.ts')).command,
  },
  {
    name: 'account new',
    summary: "make an account in a node's volume, also before the node exists",
    load: async () => (await import('./account-new.ts')).command,
  },
  {
    name: 'account list',
    summary: "list the accounts whose keys are in a node's volume",
    load: async () => (await import('./account-list.ts')).command,
  },
  {
    name: 'prune',
    summary: "make a node's database smaller by geth's own offline commands, or tell which of them it can use",
    load: async () => (await import('./prune.ts')).command,
  },
  {
    name: 'resync',
    summary: "remove a node's chain and let it begin anew; keys, node key, peers and secrets stay",
    load: async () => (await import('./resync.ts')).command,
  },
  {
    name: 'export',
    summary: "pack a stopped node's keys, configuration and, where it is its own, chain into an archive",
    load: async () => (await import('./export.ts')).command,
  },
  {
    name: 'import',
    summary: "make a node's volumes from an archive of `nodectl export`",
    load: async () => (await import('./import.ts')).command,
  },
  {
    name: 'storage show',
    summary: 'show what a node takes on its disks and what of, how fast it grows, and when it is full',
    load: async () => (await import('./storage-show.ts')).command,
  },
  {
    name: 'storage grow',
    summary: 'give a chain volume of its own size more room, also while the node runs',
    load: async () => (await import('./storage-grow.ts')).command,
  },
  {
    name: 'storage migrate',
    summary: "move a node's chain to another place: stop, copy, compare, switch, start again; the old copy is kept",
    load: async () => (await import('./storage-migrate.ts')).command,
  },
  {
    name: 'profiles ls',
    summary: 'list the networks and presets',
    load: async () => (await import('./profiles-ls.ts')).command,
  },
  {
    name: 'profiles show',
    summary: 'show one network or preset',
    load: async () => (await import('./profiles-show.ts')).command,
  },
  {
    name: 'profiles check',
    summary: 'check profile files; exit 2 with what is wrong in the first bad one',
    load: async () => (await import('./profiles-check.ts')).command,
  },
  {
    name: 'doctor',
    summary: 'look for what would harm a node; exit 3 when a check fails',
    load: async () => (await import('./doctor.ts')).command,
  },
  {
    name: 'diagnose',
    alias: 'why',
    summary: 'tell why a node died or is ill, how sure that is, and what helps; the exit code is the verdict',
    load: async () => (await import('./diagnose.ts')).command,
  },
  {
    name: 'image build',
    summary: 'build an image of geth, Prysm or a light client from source, without a registry',
    load: async () => (await import('./image-build.ts')).command,
  },
  {
    name: 'host docker install',
    summary: 'install and start the Docker engine of this distribution',
    load: async () => (await import('./host-docker-install.ts')).command,
  },
  {
    name: 'host swap add',
    summary: 'give this machine a swap file, in use now and after every boot',
    load: async () => (await import('./host-swap-add.ts')).command,
  },
  {
    name: 'host swap show',
    summary: "show this machine's swap, and whether it is enough for the limits of its nodes",
    load: async () => (await import('./host-swap-show.ts')).command,
  },
  {
    name: 'host swap remove',
    summary: "take nodectl's swap file out of use and remove it; refused when its pages would not fit into memory",
    load: async () => (await import('./host-swap-remove.ts')).command,
  },
  {
    name: 'host swappiness',
    summary: 'show how readily the kernel swaps, or set it now and for every boot',
    load: async () => (await import('./host-swappiness.ts')).command,
  },
  {
    name: 'completion',
    summary: 'print what makes a shell complete commands, options, node names and networks',
    load: async () => (await import('./completion.ts')).command,
  },
  { name: 'version', summary: 'print the versions of nodectl and Node', load: async () => (await import('./version.ts')).command },
];

/** What help says of the words that only group commands. */
export const GROUPS: Readonly<Record<string, string>> = {
  peers: 'the peers of a node',
  account: 'the accounts of a node',
  storage: 'the size and place of a chain',
  image: 'geth images',
  host: 'prepare this machine',
  'host docker': 'the Docker engine of this machine',
  'host swap': 'the swap of this machine',
  profiles: 'networks and presets of limits',
};
