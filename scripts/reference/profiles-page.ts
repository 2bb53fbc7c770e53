import type { NetworkProfile, Profile } from '../../src/node/profile.ts';

/** A profile file: what it says, and its text with the comments that carry the sources. */
export interface ProfileText {
  readonly profile: Profile;
  readonly text: string;
}

/** docs/reference/profiles.md, from the files of profiles/. */
export function profilesPage(files: readonly ProfileText[]): string {
  const networks = files.flatMap(({ profile }) => (profile.kind === 'network' ? [profile] : []));
  const presets = files.flatMap(({ profile }) => (profile.kind === 'preset' ? [profile] : []));
  return [
    '# Profiles',
    '',
    'One YAML file of `profiles/` is one network, or one preset of limits. Comments in the files give the date and the source of',
    'each figure. The schema for editors is [profile.schema.json](../../profiles/profile.schema.json); `nodectl profiles check FILE`',
    'checks a file of your own, and `--network` and `--preset` take its path.',
    '',
    '## Networks',
    '',
    '| name | chain | geth | oldest geth | sync modes | memory: least, comfortable, default |',
    '|---|---|---|---|---|---|',
    ...networks.map(networkRow),
    '',
    '## Presets',
    '',
    '| name | memory | swap | CPUs | storage |',
    '|---|---|---|---|---|',
    ...presets.map((preset) => `| ${[preset.name, preset.memory, preset.swap, preset.cpus, preset.storage].map(cell).join(' | ')} |`),
    '',
    '## The files',
    '',
    ...files.flatMap(({ profile, text }) => [`### ${profile.name}`, '', '```yaml', text.trimEnd(), '```', '']),
  ].join('\n');
}

function networkRow({ name, chainId, geth, syncmodes, memory, needs }: NetworkProfile): string {
  const memories = [needs.memory.minimum, needs.memory.comfortable, memory].join(', ');
  return `| ${[name, chainId, geth.pinned, geth.minimum, syncmodes.join(', '), memories].map(cell).join(' | ')} |`;
}

function cell(value: string | number | undefined): string {
  return value === undefined ? '-' : String(value);
}
