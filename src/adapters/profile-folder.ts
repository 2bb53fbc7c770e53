import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { NodectlError } from '../errors.ts';
import { nearestWord } from '../node/nearest-word.ts';
import type { ProfileFiles } from '../ports.ts';
import { readGenesis } from './genesis-file.ts';
import { randomKey, readKey } from './key-file.ts';
import { readNetworkFile } from './network-file.ts';
import { readPassword } from './password-file.ts';
import { isShallow } from './yaml-depth.ts';

/** A profile is a page of text; a larger file is a mistake, and reading it could fill the memory. */
const LARGEST_PROFILE = 64 * 1024;
/** A profile has five levels. */
const DEEPEST = 20;

/** Profiles of a folder by name, and any other file by its path (a word with a slash or ending in .yaml). */
export function profileFolder(directory: string): ProfileFiles {
  const names = (): readonly string[] =>
    readdirSync(directory)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => basename(file, '.yaml'))
      .sort();

  return {
    names,
    read(nameOrPath) {
      if (nameOrPath.includes('/') || /\.ya?ml$/.test(nameOrPath)) return { path: nameOrPath, document: readYaml(nameOrPath) };
      const known = names();
      if (!known.includes(nameOrPath)) throw unknownProfile(nameOrPath, known);
      const path = join(directory, `${nameOrPath}.yaml`);
      return { path, document: readYaml(path) };
    },
    readGenesis,
    readNetworkFile,
    digest: (text) => createHash('sha256').update(text).digest('hex'),
    readPassword,
    readKey,
    randomKey,
  };
}

function unknownProfile(name: string, known: readonly string[]): NodectlError {
  const nearest = nearestWord(name, known);
  return new NodectlError('NO_SUCH_PROFILE', `There is no profile ${JSON.stringify(name.slice(0, 80))}.`, {
    hint: nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean ${nearest}? There are: ${known.join(', ')}.`,
  });
}

function readYaml(path: string): unknown {
  let text: string;
  try {
    const facts = statSync(path);
    if (!facts.isFile()) throw new NodectlError('INVALID_PROFILE', `${path} is not a file.`);
    if (facts.size > LARGEST_PROFILE) {
      throw new NodectlError('INVALID_PROFILE', `${path} has ${facts.size} bytes; a profile has ${LARGEST_PROFILE} at most.`);
    }
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (cause instanceof NodectlError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new NodectlError('NO_SUCH_PROFILE', `There is no file ${path}.`, { cause });
    throw new NodectlError('INVALID_PROFILE', `${path} cannot be read (${code}).`, { cause });
  }
  if (!isShallow(text, DEEPEST)) throw new NodectlError('INVALID_PROFILE', `${path} nests deeper than ${DEEPEST} levels.`);
  try {
    // No aliases: a few lines of them can unfold to gigabytes.
    return parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    throw new NodectlError('INVALID_PROFILE', `${path} is not valid YAML: ${(cause as Error).message.split('\n')[0]}`, { cause });
  }
}
