import { readFileSync } from 'node:fs';
import { profileFolder } from '../../src/adapters/profile-folder.ts';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { readProfile } from '../../src/node/read-profile.ts';
import { commandsPage } from './commands-page.ts';
import { errorsPage } from './errors-page.ts';
import { metricsReference } from './metrics-page.ts';
import { modesPage } from './modes-page.ts';
import { profilesPage } from './profiles-page.ts';
import { errorSchema, profileSchema, reportSchema, schemaFile } from './schemas.ts';
import { verdictsPage } from './verdicts-page.ts';

/** Every generated file of the documentation: path from the repository's root → text. */
export async function referenceFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const commands = await Promise.all(COMMANDS.map(async (entry) => ({ entry, command: await entry.load() })));
  const folder = profileFolder(`${root}/profiles`);
  const profiles = folder.names().map((name) => {
    const { path, document } = folder.read(name);
    return { profile: readProfile(path, document), text: readFileSync(path, 'utf8') };
  });
  return new Map([
    ['docs/reference/commands.md', commandsPage(commands)],
    ['docs/reference/errors.md', errorsPage()],
    ['docs/reference/metrics.md', metricsReference()],
    ['docs/reference/modes.md', modesPage(profiles.flatMap(({ profile }) => (profile.kind === 'network' ? [profile] : [])))],
    ['docs/reference/profiles.md', profilesPage(profiles)],
    ['docs/reference/verdicts.md', verdictsPage()],
    ['docs/reference/schemas/error.json', errorSchema()],
    ...commands.map(({ entry, command }) => [`docs/reference/schemas/${schemaFile(entry.name)}`, reportSchema(entry, command)] as const),
    ['profiles/profile.schema.json', profileSchema()],
  ]);
}
