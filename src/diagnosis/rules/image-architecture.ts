import { commandsFor } from '../commands.ts';
import type { CaseEvidence } from '../evidence.ts';
import { exitLine, line, stateLine } from '../evidence-lines.ts';
import type { Rule } from '../rule.ts';
import { endOf, startFailure } from '../run-phase.ts';
import type { EvidenceLine } from '../verdict.ts';

/** The kernel's word for a program of another machine (ENOEXEC); the runtime writes it into the container's log, or the engine tells it. */
const OTHER_MACHINE = /exec format error/i;
/** Go's word in images, the kernel's for what runs them. */
const SAME = [
  ['amd64', 'x86_64'],
  ['arm64', 'aarch64'],
  ['arm', 'armv7l', 'armhf'],
  ['386', 'i386', 'i686'],
] as const;

export const imageArchitecture: Rule = {
  id: 'image.architecture',
  code: 29,
  finds: 'its image is for another kind of processor',
  judge(evidence) {
    const said = wordsOfIt(evidence);
    if (said.length === 0) return undefined;
    const { image, engine, node, container } = evidence;
    const other = image !== null && !isSame(image.architecture, engine.architecture);
    const made = image === null ? '' : ` (${image.architecture})`;
    return {
      confidence: startFailure(evidence) !== undefined || other ? 'certain' : 'likely',
      meaning: `The program in its image${other ? made : ''} is for another machine than this one (${engine.architecture}).`,
      supports: [
        ...said,
        ...(image === null ? [] : [line('GET /images Architecture', image.architecture)]),
        line('GET /info Architecture', engine.architecture),
      ],
      doubts:
        image !== null && !other ? [line('GET /images Architecture', 'it says the machine’s own: the program in it may be broken')] : [],
      remedies: [
        {
          text: `Use an image for ${engine.architecture}.`,
          commands:
            node === null
              ? [`docker pull --platform linux/${goWord(engine.architecture)} ${container.imageRef}`]
              : commandsFor(evidence).up('--image-source build'),
        },
      ],
    };
  },
};

function wordsOfIt(evidence: CaseEvidence): readonly EvidenceLine[] {
  const failure = startFailure(evidence);
  if (failure !== undefined) return OTHER_MACHINE.test(failure) ? [stateLine(evidence, 'State.Error', failure)] : [];
  const end = endOf(evidence);
  // The runtime's own codes; a geth that only speaks of it goes on.
  if (end === undefined || (end.code !== null && ![1, 126, 127, 255].includes(end.code))) return [];
  const found = evidence.lastLines.findLast(({ text }) => OTHER_MACHINE.test(text));
  return found === undefined ? [] : [line('its log', found.text, found.at), exitLine(evidence)];
}

function isSame(one: string, other: string): boolean {
  return one === other || SAME.some((words: readonly string[]) => words.includes(one) && words.includes(other));
}

function goWord(architecture: string): string {
  return SAME.find((words: readonly string[]) => words.includes(architecture))?.[0] ?? architecture;
}
