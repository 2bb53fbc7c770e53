import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NodectlError } from '../../src/errors.ts';
import { parseImageReference } from '../../src/node/image-reference.ts';
import { errorOf } from '../error-code.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

test.each([
  ['ethereum/client-go:v1.17.8', { registry: 'docker.io', tag: 'v1.17.8', digest: undefined }],
  ['geth', { registry: 'docker.io', tag: undefined, digest: undefined }],
  ['127.0.0.1:5000/geth:v1', { registry: '127.0.0.1:5000', tag: 'v1', digest: undefined }],
  ['ghcr.io/a/b/geth:v1', { registry: 'ghcr.io', tag: 'v1', digest: undefined }],
  [`ethereum/client-go@${DIGEST}`, { registry: 'docker.io', tag: undefined, digest: DIGEST }],
  [`example.org/geth:v1@${DIGEST}`, { registry: 'example.org', tag: 'v1', digest: DIGEST }],
])('%s is read as docker reads it', (text, parts) => {
  expect(parseImageReference(text)).toEqual(parts);
});

test.each(['', '../x', '-x', 'a b', 'x:', 'x@sha256:12', 'a//b', 'x;rm -rf /', 'a'.repeat(600), '€', 'f'.repeat(64)])(
  '%j names no image in a registry',
  (text) => {
    expect(errorOf(() => parseImageReference(text)).code).toBe('NO_SUCH_IMAGE');
  },
);

test('any other words end as a reference or as that error, quickly', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z./:@_-]{0,80}$/)), (text) => {
      try {
        parseImageReference(text);
      } catch (error) {
        expect(error).toBeInstanceOf(NodectlError);
      }
    }),
  );
});
