import type { Tenant } from './check.ts';
import { shellWord } from './shell-word.ts';

/** The command that makes a node's container anew from what it was asked to be; the chain is kept. */
export function upAgain({ name, spec }: Pick<Tenant, 'name' | 'spec'>): string {
  return `nodectl up --network ${shellWord(spec.network)} --name ${name}`;
}
