/** Parts of names whose values are secrets: of options, variables, labels, JSON keys, and of words before `=` or `:` in a log. */
const SECRET_PARTS = [
  'passw(?:or)?d',
  'passphrase',
  'passcode',
  'pwd',
  'secret',
  'token',
  'api[_.-]?key',
  'access[_.-]?key',
  'private[_.-]?key',
  'priv[_.-]?key',
  'secret[_.-]?key',
  'signing[_.-]?key',
  'encryption[_.-]?key',
  'node[_.-]?key',
  'mnemonic',
  'seed[_.-]?(?:phrase|words?)',
  'jwt',
  'credentials?',
  'authorization',
  'cookie',
  'ethstats',
  'dsn',
];

/** Names that are secrets only when they stand alone: `key` is also the half of many harmless words. */
const WHOLE = ['auth', 'key', 'keys', 'seed', 'pass', 'unlock'];

const PARTS = SECRET_PARTS.join('|');
const SECRET_NAME = new RegExp(`(?:${PARTS})|(?:^|[^a-z])(?:${WHOLE.join('|')})$`, 'i');

/** Whether what bears this name is a secret, or holds one: `ETHSTATS`, `jwtSecret`, `--metrics.influxdb.token`. */
export function namesSecret(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** The source of a pattern for such a name inside a text: its first character up to the last one of the name. */
export const SECRET_NAME_IN_TEXT = `(?:(?:${PARTS})[\\w.-]{0,40}|(?<![a-zA-Z])(?:${WHOLE.join('|')})(?![\\w.-]))`;
