import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { EXIT_MEANINGS } from '../../scripts/reference/exit-codes.ts';
import { referenceFiles } from '../../scripts/reference/reference-files.ts';
import { profileFolder } from '../../src/adapters/profile-folder.ts';
import { errorDocument } from '../../src/cli/error-text.ts';
import { ERRORS, type ErrorCode, NodectlError } from '../../src/errors.ts';
import { validatesAgainst } from '../schema.ts';

const files = await referenceFiles('.');

describe('the generated reference', () => {
  it.each([...files.keys()])('%s is what `npm run docs` makes', (path) => {
    expect(readFileSync(path, 'utf8')).toBe(files.get(path));
  });

  it('has no schema of a command that is gone', () => {
    const names = readdirSync('docs/reference/schemas').map((name) => `docs/reference/schemas/${name}`);
    expect(names.filter((path) => !files.has(path))).toEqual([]);
  });

  it('gives every exit code of an error a meaning', () => {
    for (const { exit } of Object.values(ERRORS)) expect(EXIT_MEANINGS[exit]).toBeTypeOf('string');
  });
});

describe('the published schemas', () => {
  it.each(Object.keys(ERRORS) as ErrorCode[])('describe the document of %s', (code) => {
    const bare = new NodectlError(code, 'what happened');
    const full = new NodectlError(code, 'what happened', { facts: { file: 'x' }, hint: '' });
    for (const error of [bare, full]) validatesAgainst('error', JSON.parse(errorDocument(error)));
  });

  it('refuse an error document of an unknown code', () => {
    expect(() => validatesAgainst('error', { error: { code: 'OOPS', message: '', hint: '' } })).toThrow(/code/);
  });

  it('accept each profile and refuse a typo in one', () => {
    const valid = new Ajv2020({ allErrors: true }).compile(JSON.parse(readFileSync('profiles/profile.schema.json', 'utf8')));
    const folder = profileFolder('profiles');
    for (const name of folder.names()) expect([name, valid(folder.read(name).document)]).toEqual([name, true]);
    expect(valid({ ...(folder.read('dev').document as object), memry: '2G' })).toBe(false);
  });
});
