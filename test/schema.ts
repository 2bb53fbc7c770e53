import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';

const validators = new Map<string, ReturnType<Ajv2020['compile']>>();

/** Throws, with every violation, unless a `--json` document fits the published schema of its command; `error` for the error document. */
export function validatesAgainst(command: string, document: unknown): void {
  const path = `docs/reference/schemas/${command.replaceAll(' ', '-')}.json`;
  const known = validators.get(path);
  const validate = known ?? new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync(path, 'utf8')));
  validators.set(path, validate);
  if (validate(document)) return;
  const violations = (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
  );
  throw new Error(`The document does not fit ${path}:\n${violations.join('\n')}`);
}
