import { commandsFor, imageName } from '../commands.ts';
import { exitLine, line, stateLine } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';
import { endOf, startFailure } from '../run-phase.ts';
import { imageArchitecture } from './image-architecture.ts';

/** What runtimes say of a program that is not there or may not be run (runc, crun; libcontainer/standard_init_linux.go). */
const NOT_RUN =
  /executable file not found|no such file or directory|no command specified|permission denied|is a directory|executable file `[^`]*` not found/i;
/** The same words of a folder or a device that is not there. */
const OF_A_MOUNT = /\bmount|bind source path|volume/i;
const SHELLS_CODES = [126, 127];

export const imageEntrypoint: Rule = {
  id: 'image.entrypoint',
  code: 29,
  finds: 'the program that its image or its command names is not there, or may not be run',
  judge(evidence) {
    if (imageArchitecture.judge(evidence) !== undefined) return undefined;
    const failure = startFailure(evidence);
    const code = failure === undefined ? endOf(evidence)?.code : evidence.container.exitCode;
    const refused = failure !== undefined && NOT_RUN.test(failure) && !OF_A_MOUNT.test(failure);
    const byCode = SHELLS_CODES.includes(code ?? 0);
    if (failure === undefined ? !byCode : !refused && !byCode) return undefined;
    const { image } = evidence;
    const name = imageName(evidence);
    const entrypoint = image === null ? 'not known' : image.entrypoint.join(' ') || 'none';
    const last = failure === undefined ? evidence.lastLines.slice(-1).map(({ text, at }) => line('its log', text, at)) : [];
    return {
      confidence: failure === undefined ? 'likely' : 'certain',
      meaning:
        code === 126
          ? `The program of ${name} is there, but may not be run.`
          : `${name} has no such program: its entrypoint or its command names one that is not in it.`,
      supports: [
        ...(failure === undefined ? [] : [stateLine(evidence, 'State.Error', failure)]),
        ...[exitLine(evidence), ...last, line('GET /images Config.Entrypoint', entrypoint)],
      ],
      doubts: [],
      remedies: [
        evidence.node === null
          ? { text: 'Use an image whose entrypoint is geth, such as ethereum/client-go of a release.', commands: [] }
          : { text: 'Use another image, or have one built.', commands: commandsFor(evidence).up('--image-source build') },
      ],
    };
  },
};
