import { shellWord } from '../host/shell-word.ts';
import { GIB, MIB } from '../node/size.ts';
import type { CaseEvidence } from './evidence.ts';

/** The commands that are typed for this container: nodectl's for a node of its own, the engine's for any other. */
export interface Commands {
  readonly start: string;
  readonly logs: string;
  /** Changes what the node is, by options of `up`; for a container of somebody else there is none. */
  up(words: string): readonly string[];
}

export function commandsFor({ node, role, container }: CaseEvidence): Commands {
  const name = shellWord(container.name);
  if (node === null) return { start: `docker start ${name}`, logs: `docker logs --tail 100 ${name}`, up: () => [] };
  const part = role === 'consensus' ? ' --consensus' : '';
  return {
    start: `nodectl start ${node}`,
    logs: `nodectl logs ${node}${part} --tail 100`,
    up: (words) => [`nodectl up --name ${node}${words === '' ? '' : ` ${words}`}`],
  };
}

/** A size as options of nodectl and docker take it: `3G`, `1536M`. */
export function sizeWord(bytes: number): string {
  if (bytes === 0) return '0';
  return bytes % GIB === 0 ? `${bytes / GIB}G` : `${Math.ceil(bytes / MIB)}M`;
}

/** The image by the name that a person knows it by. */
export function imageName({ role, spec, container }: CaseEvidence): string {
  return spec !== null && role === 'execution' ? spec.image.ref : container.imageRef;
}

/** What the program in the container is called in a sentence. */
export function programOf({ role, spec }: CaseEvidence): string {
  if (role === 'execution') return 'geth';
  if (role === 'light') return 'the light client';
  return spec?.consensus?.kind === 'client' ? spec.consensus.client : 'the consensus client';
}
