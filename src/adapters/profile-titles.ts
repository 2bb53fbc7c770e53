import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfileTitle } from '../ports/completion-sources.ts';

/**
 * The profiles of a folder by name, empty where it cannot be read. Their lines are read as text: the YAML library would take longer
 * than all else that completion does.
 */
export function profileTitles(directory: string): readonly ProfileTitle[] {
  const files = orElse(() => readdirSync(directory), []);
  return files
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => ({ name: file.slice(0, -'.yaml'.length), ...fieldsOf(orElse(() => readFileSync(join(directory, file), 'utf8'), '')) }));
}

function fieldsOf(text: string): Omit<ProfileTitle, 'name'> {
  const field = (name: string) => new RegExp(`^${name}: *["']?(.*?)["']? *$`, 'm').exec(text)?.[1] ?? '';
  return { kind: field('kind'), title: field('title') };
}

function orElse<T>(read: () => T, other: T): T {
  try {
    return read();
  } catch {
    return other;
  }
}
