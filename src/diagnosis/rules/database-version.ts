import { NEWEST_KNOWN } from '../../node/geth-rules/known-versions.ts';
import { commandsFor } from '../commands.ts';
import { logCause } from '../log-cause.ts';
import type { Rule } from '../rule.ts';

export const databaseVersion: Rule = {
  id: 'database.version',
  code: 26,
  finds: 'its database was written by another version of geth, which this one cannot read',
  judge(evidence) {
    const cause = logCause(evidence, ['database-version'], [1, 2]);
    if (cause === undefined) return undefined;
    const version = evidence.gethVersion === null ? 'this geth' : `geth ${evidence.gethVersion}`;
    return {
      confidence: cause.confidence,
      meaning: `Another geth than ${version} wrote the database, and ${version} does not read it.`,
      supports: cause.supports,
      doubts: [],
      remedies: [
        {
          text: 'Go back to the version that wrote it, or to a newer one: a database is never brought back to an older form.',
          commands: evidence.node === null ? [] : commandsFor(evidence).up(`--geth-version ${NEWEST_KNOWN}`),
        },
      ],
    };
  },
};
