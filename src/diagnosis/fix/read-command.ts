import { parseSize } from '../../node/size.ts';

/** What a remedy's command does, where nodectl can do it by itself. Bytes; `undefined` = the command does not say. */
export type Deed =
  | { readonly kind: 'add-swap'; readonly size: number | undefined }
  | { readonly kind: 'up'; readonly node: string; readonly memory?: number; readonly swap?: number; readonly port?: 'auto' }
  | { readonly kind: 'start' | 'restart'; readonly node: string }
  /** Changes nothing: it shows the person how it goes on. */
  | { readonly kind: 'look'; readonly node: string }
  /** `memorySwap` is memory and swap together, -1 without limit. */
  | { readonly kind: 'update'; readonly container: string; readonly memory: number; readonly memorySwap: number }
  | { readonly kind: 'start-container'; readonly container: string };

/** Reads a command as rules write them into their remedies; undefined for one that is left to the person, also where it says a word more. */
export function readCommand(command: string): Deed | undefined {
  const words = command.split(' ');
  const taken = (start: string) =>
    command === start || command.startsWith(`${start} `) ? words.slice(start.split(' ').length) : undefined;
  const swap = taken('nodectl host swap add');
  if (swap !== undefined) return addSwap(optionsOf(swap, ['--size'], 0));
  const up = taken('nodectl up');
  if (up !== undefined) return upDeed(optionsOf(up, ['--name', '--memory', '--swap', '--port'], 0));
  for (const kind of ['start', 'restart'] as const) {
    const node = taken(`nodectl ${kind}`);
    if (node !== undefined) return only(node, (word) => ({ kind, node: word }));
  }
  const logs = taken('nodectl logs');
  if (logs !== undefined) return only(logs.slice(0, 1), (node) => ({ kind: 'look', node }));
  const started = taken('docker start');
  if (started !== undefined) return only(started, (container) => ({ kind: 'start-container', container }));
  const update = taken('docker update');
  return update === undefined ? undefined : updateDeed(optionsOf(update, ['--memory', '--memory-swap'], 1));
}

interface Options {
  readonly values: Readonly<Record<string, string>>;
  readonly rest: readonly string[];
}

/** Undefined where a word stands that is not known, or as many others do not as there should. */
function optionsOf(words: readonly string[], known: readonly string[], others: number): Options | undefined {
  const values: Record<string, string> = {};
  const rest: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const value = words[index + 1];
    if (!word.startsWith('-')) rest.push(word);
    else if (!known.includes(word) || value === undefined || word in values) return undefined;
    else {
      values[word] = value;
      index++;
    }
  }
  return rest.length === others && rest.every((word) => /^[\w.-]+$/.test(word)) ? { values, rest } : undefined;
}

function addSwap(options: Options | undefined): Deed | undefined {
  const size = options && sizeOf(options.values['--size']);
  return size === undefined ? undefined : { kind: 'add-swap', size: size.bytes };
}

function upDeed(options: Options | undefined): Deed | undefined {
  const { '--name': node, '--memory': memory, '--swap': swap, '--port': port } = options?.values ?? {};
  const [memorySize, swapSize] = [sizeOf(memory), sizeOf(swap)];
  if (node === undefined || memorySize === undefined || swapSize === undefined || (port !== undefined && port !== 'auto')) return undefined;
  return {
    ...{ kind: 'up', node },
    ...(memorySize.bytes === undefined ? {} : { memory: memorySize.bytes }),
    ...(swapSize.bytes === undefined ? {} : { swap: swapSize.bytes }),
    ...(port === undefined ? {} : { port }),
  };
}

function updateDeed(options: Options | undefined): Deed | undefined {
  const { '--memory': memory, '--memory-swap': both } = options?.values ?? {};
  const [container] = options?.rest ?? [];
  const bytes = sizeOf(memory)?.bytes;
  const memorySwap = both === '-1' ? -1 : sizeOf(both)?.bytes;
  if (container === undefined || bytes === undefined || memorySwap === undefined) return undefined;
  return { kind: 'update', container, memory: bytes, memorySwap };
}

function only(words: readonly string[], deed: (word: string) => Deed): Deed | undefined {
  const [word, ...more] = words;
  return word === undefined || more.length > 0 || !/^[\w.-]+$/.test(word) || word.startsWith('-') ? undefined : deed(word);
}

/** Undefined for what is no size. */
function sizeOf(text: string | undefined): { readonly bytes: number | undefined } | undefined {
  if (text === undefined) return { bytes: undefined };
  try {
    return { bytes: parseSize(text, 'the size') };
  } catch {
    return undefined;
  }
}
