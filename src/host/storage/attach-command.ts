import type { SizedPlace } from '../../node/storage/sized-place.ts';
import { shellLine, shellWord } from '../shell-word.ts';

/** The words that give a file its loop device, or find the one it has, and print its name. */
export function attachWords({ image }: SizedPlace): readonly string[] {
  return ['losetup', '--find', '--show', '--nooverlap', image];
}

/** The folder of the links, and a link to a device in the place of an older one. */
export function linkWords({ link }: SizedPlace, device: string): readonly (readonly string[])[] {
  return [
    ['mkdir', '-p', link.slice(0, link.lastIndexOf('/'))],
    ['ln', '-sfnT', device, link],
  ];
}

/** The same for a shell. */
export function attachCommand(place: SizedPlace): string {
  const [folder = []] = linkWords(place, '');
  return `${shellLine(folder)} && ln -sfnT "$(${shellLine(attachWords(place))})" ${shellWord(place.link)}`;
}
