import { NodectlError } from '../errors.ts';

/** What `wait --for` waits for; `least` of peers, or of the head's number. */
export type WaitCondition =
  | { readonly kind: 'rpc' | 'synced' | 'healthy' | 'stopped' }
  | { readonly kind: 'peers' | 'block'; readonly least: number };

const PLAIN = ['rpc', 'synced', 'healthy', 'stopped'] as const;
const COUNTED = ['peers', 'block'] as const;

/** The conditions as a person types them. */
export const WAIT_WORDS: readonly string[] = ['rpc', 'peers=N', 'block=N', 'synced', 'healthy', 'stopped'];

/**
 * The conditions of one or several `--for` (or another `option`), each a list with commas; all of them have to hold, and one that is given twice is one.
 * USAGE for none, for a word or number that is none, and for `stopped` beside others, which hold only while the node runs.
 */
export function parseWaitConditions(given: readonly string[], option: '--for' | '--until' = '--for'): readonly WaitCondition[] {
  const words = given.flatMap((text) => text.split(',')).map((word) => word.trim());
  if (words.length === 0) throw usage(`Nothing to wait for: ${option} is missing.`, option);
  const conditions = [...new Set(words)].map((word) => parseCondition(word, option));
  if (conditions.length > 1 && conditions.some(({ kind }) => kind === 'stopped')) {
    throw usage(`${option} stopped goes with no other condition: those hold only while the node runs.`, option);
  }
  return conditions;
}

/** The condition as it was typed. */
export function conditionText(condition: WaitCondition): string {
  return 'least' in condition ? `${condition.kind}=${condition.least}` : condition.kind;
}

function parseCondition(word: string, option: string): WaitCondition {
  const plain = PLAIN.find((kind) => kind === word);
  if (plain !== undefined) return { kind: plain };
  const [, name, amount] = /^([a-z]+)=(\d{1,15})$/.exec(word) ?? [];
  const counted = COUNTED.find((kind) => kind === name);
  if (counted !== undefined) return { kind: counted, least: Number(amount) };
  const kind = COUNTED.find((known) => word === known || word.startsWith(`${known}=`));
  if (kind !== undefined) throw usage(`${option} ${shown(word)} is not ${kind}=N with a whole number N.`, option);
  throw usage(word === '' ? `${option} has an empty condition.` : `${option} ${shown(word)} is not a condition.`, option);
}

function shown(word: string): string {
  return JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}…` : word);
}

function usage(message: string, option: string): NodectlError {
  const command = option === '--until' ? 'watch' : 'wait';
  return new NodectlError('USAGE', message, {
    hint: `Wait for one or more of ${WAIT_WORDS.join(', ')}; see \`nodectl ${command} --help\`.`,
  });
}
