import { parseArgs } from 'node:util';

const OPTIONS = {
  geth: { type: 'string', default: '1.16.9' },
  memory: { type: 'string', default: '1G' },
  swap: { type: 'string', default: '0,1G' },
  runs: { type: 'string', default: '10' },
  seconds: { type: 'string', default: '200' },
  parallel: { type: 'string', default: '2' },
  'plain-only': { type: 'boolean', default: false },
  'nodectl-only': { type: 'boolean', default: false },
  markdown: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
};

export const USAGE =
  'usage: node bench/oom/run.mjs [--geth 1.16.9] [--memory 1G] [--swap 0,1G] [--runs 10] [--seconds 200] [--parallel 2]\n' +
  '                              [--plain-only | --nodectl-only] [--markdown | --json]\n' +
  '--geth, --memory and --swap take one value or several, separated by commas.';

/** What the words of the command line ask for; throws an Error that names the word it cannot read. */
export function readArguments(words) {
  const { values } = parseArgs({ args: words, options: OPTIONS, strict: true });
  if (values['plain-only'] && values['nodectl-only']) throw new Error('--plain-only and --nodectl-only exclude each other.');
  if (values.markdown && values.json) throw new Error('--markdown and --json exclude each other.');
  const ways = values['plain-only'] ? ['plain'] : values['nodectl-only'] ? ['nodectl'] : ['plain', 'nodectl'];
  return {
    geths: several(values.geth, (word) => matching(word, /^\d+\.\d+\.\d+$/, '--geth')),
    memories: several(values.memory, (word) => size(word, '--memory')),
    swaps: several(values.swap, (word) => (word === '0' ? { word, bytes: 0 } : size(word, '--swap'))),
    runs: count(values.runs, '--runs'),
    seconds: count(values.seconds, '--seconds'),
    parallel: count(values.parallel, '--parallel'),
    ways,
    output: values.json ? 'json' : values.markdown ? 'markdown' : 'text',
  };
}

/** The runs in the order in which they are taken: plain, nodectl, plain, …, so that a busy quarter of an hour meets both ways. */
export function queueOf({ geths, memories, swaps, ways, runs }) {
  const each = (list, make) => list.flatMap(make);
  const round = each(geths, (geth) => each(memories, (memory) => each(swaps, (swap) => ways.map((way) => ({ geth, memory, swap, way })))));
  return Array.from({ length: runs }, (_, run) => round.map((configuration) => ({ run, ...configuration }))).flat();
}

function several(text, read) {
  return text.split(',').map((word) => read(word.trim()));
}

function matching(word, shape, option) {
  if (!shape.test(word)) throw new Error(`${option} cannot be "${word}".`);
  return word;
}

function count(word, option) {
  return Number(matching(word, /^[1-9]\d*$/, option));
}

/** Whole binary sizes alone, since the same word goes to docker and to nodectl. */
function size(word, option) {
  matching(word, /^[1-9]\d*[MG]$/, option);
  return { word, bytes: Number.parseInt(word, 10) * 2 ** (word.endsWith('G') ? 30 : 20) };
}
