import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { HOT, loadedOutputs } from './hot-commands.mjs';

/**
 * Puts chunks that the same hot commands load into one file: to find, read and revive a file of a few lines costs as much as
 * one of many, and `status` would load thirty. Nothing is loaded that was not before. `chunks` is code by name; gives code by
 * file name, and the way from a chunk's name to what `load` takes: the file alone, or `file#chunk`.
 */
export function packChunks(chunks, outputs) {
  const address = addresses([...chunks.keys()], outputs);
  const files = new Map();
  for (const [name, code] of chunks) {
    const linked = code.replace(/\brequire\("\.\/([\w-]+\.cjs)"\)/g, (_, needed) => `require("./${address.get(needed)}")`);
    const [file, part] = address.get(name).split('#');
    const text = part === undefined ? linked : `exports["${part}"]=function(exports,require,module,__filename,__dirname){${linked}};\n`;
    files.set(file, (files.get(file) ?? '') + text);
  }
  return { files, address };
}

function addresses(names, outputs) {
  const loads = Object.entries(HOT).map(([command, sources]) => [command, loadedOutputs(outputs, sources)]);
  const groups = new Map();
  const address = new Map(names.map((name) => [name, name]));
  for (const path of Object.keys(outputs)) {
    const commands = loads.flatMap(([command, loaded]) => (loaded.has(path) ? [command] : [])).join();
    if (commands !== '') groups.set(commands, [...(groups.get(commands) ?? []), basename(path)]);
  }
  for (const members of groups.values()) {
    const file = `hot-${createHash('sha256').update(members.join()).digest('hex').slice(0, 8)}.cjs`;
    for (const name of members) address.set(name, `${file}#${name}`);
  }
  return address;
}
