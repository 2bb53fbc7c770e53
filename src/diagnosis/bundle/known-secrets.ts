import { redactArguments } from '../../node/redact-arguments.ts';
import type { ObservedContainer } from '../../ports/containers.ts';
import { looksOpaque } from './opaque-word.ts';
import { namesSecret } from './secret-names.ts';

/** Variables whose values help and cannot be secrets; of all others a bundle tells the names alone. */
const HARMLESS_VARIABLES = /^(?:PATH|HOME|LANG|LC_\w+|TZ|TERM|HOSTNAME|GOMEMLIMIT|GOGC|GOMAXPROCS|GODEBUG|GOTRACEBACK|SHLVL|container)$/;
/** Shorter ones would take half the words of a log with them. */
const LEAST = 6;

/** A container's settings as they may be given away, before their texts are redacted. */
export function shownSettings({ args, env, labels }: Pick<ObservedContainer, 'args' | 'env' | 'labels'>) {
  return {
    args: shownArguments(args),
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, shownVariable(name, value)])),
    labels,
  };
}

/** The variables that an image sets, `NAME=value`, as they may be given away. */
export function shownVariables(env: readonly string[]): readonly string[] {
  return env.map((variable) => {
    const [name = '', ...value] = variable.split('=');
    return `${name}=${shownVariable(name, value.join('='))}`;
  });
}

function shownVariable(name: string, value: string): string {
  return HARMLESS_VARIABLES.test(name) ? value : '***';
}

/** The secrets that a container's own settings tell, in the forms in which a log may repeat them. */
export function knownSecrets({ args, env, labels }: Pick<ObservedContainer, 'args' | 'env' | 'labels'>): readonly string[] {
  const named = [...Object.entries(env), ...Object.entries(labels)].flatMap(([name, value]) => (namesSecret(name) ? [value] : []));
  const shown = shownArguments(args);
  const hidden = args.flatMap((word, index) => {
    if (shown[index] === word) return [];
    return [shown[index] === '***' ? word : word.slice(word.indexOf('=') + 1)];
  });
  const whole = [...named, ...hidden];
  const settings = [...args, ...Object.values(env), ...Object.values(labels)];
  return [...whole, ...settings.flatMap(secretParts)]
    .flatMap((secret) => [secret, secret.trim(), encodeURIComponent(secret.replace(/\p{Cs}/gu, '')), JSON.stringify(secret).slice(1, -1)])
    .filter((secret, index, all) => secret.length >= LEAST && all.indexOf(secret) === index);
}

/** Of `name:secret@host` and of addresses: the password, and what of the path can be a key. */
function secretParts(setting: string): readonly string[] {
  const [, password] = /:([^:@\s]+)@[\w.[-]/.exec(setting) ?? [];
  const path = /:\/\/[^/\s]+\/([^\s]+)/.exec(setting)?.[1] ?? '';
  const keys = path.split(/[/?&=#]/).filter((part) => looksOpaque(part) || /^(?=.*\d)[\w-]{16,}$/.test(part));
  return [...(password === undefined ? [] : [password]), ...keys];
}

/** Also of programs other than geth: the value of an option whose name speaks of a secret, after `=` or as the next word. */
function shownArguments(args: readonly string[]): readonly string[] {
  return redactArguments(args).map((word, index) => {
    const [name = '', ...value] = word.split('=');
    if (name.startsWith('-') && value.length > 0) return namesSecret(name) ? `${name}=***` : word;
    const before = args[index - 1] ?? '';
    const takesValue = before.startsWith('-') && !before.includes('=') && namesSecret(before);
    return takesValue && !word.startsWith('--') ? '***' : word;
  });
}
