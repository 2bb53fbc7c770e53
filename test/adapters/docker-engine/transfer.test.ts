import { createServer, type RequestListener } from 'node:http';
import Docker from 'dockerode';
import { expect, onTestFinished, test } from 'vitest';
import { loadImage } from '../../../src/adapters/docker-engine/load-image.ts';
import { pullImage } from '../../../src/adapters/docker-engine/pull-image.ts';
import { NodectlError } from '../../../src/errors.ts';
import { errorOfPromise } from '../../error-code.ts';

const REF = 'ethereum/client-go:v1.17.8';
const HURRIED = { stall: 2_000, tries: 2, backoff: 1 };

/** A client of something that answers as the listener does. */
async function engineThat(listener: RequestListener): Promise<Docker> {
  const server = createServer(listener);
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return new Docker({ protocol: 'http', host: '127.0.0.1', port });
}

const failingRow =
  (message: string): RequestListener =>
  (_request, response) => {
    response.write('{"status":"Pulling from ethereum/client-go","id":"v1.17.8"}\r\n');
    response.end(`${JSON.stringify({ errorDetail: { message }, error: message })}\r\n`);
  };

const CASES = [
  ['write /var/lib/docker/tmp/GetImageBlob1: no space left on device', 'DISK_FULL'],
  ['no matching manifest for linux/riscv64 in the manifest list entries', 'IMAGE_WRONG_ARCHITECTURE'],
  ['manifest for ethereum/client-go:v9 not found: manifest unknown: manifest unknown', 'NO_SUCH_IMAGE'],
  ['docker.io/ethereum/client-go:v9: not found', 'NO_SUCH_IMAGE'],
  ['pull access denied for nosuch/geth, repository does not exist or may require docker login', 'NO_SUCH_IMAGE'],
  ['unauthorized: authentication required', 'IMAGE_PULL_FAILED'],
  ['http: server gave HTTP response to HTTPS client', 'IMAGE_PULL_FAILED'],
  ['toomanyrequests: You have reached your pull rate limit.', 'REGISTRY_UNREACHABLE'],
  ['Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 1.1.1.1:53: no such host', 'REGISTRY_UNREACHABLE'],
  ['Get "https://registry-1.docker.io/v2/": Forbidden', 'REGISTRY_UNREACHABLE'],
  ['Get "https://registry-1.docker.io/v2/": x509: certificate signed by unknown authority', 'REGISTRY_UNREACHABLE'],
  [
    'Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    'REGISTRY_UNREACHABLE',
  ],
  ['unexpected EOF', 'REGISTRY_UNREACHABLE'],
] as const;

test.each(CASES)('the engine that says %s in a row ends the pull as %s', async (words, code) => {
  const docker = await engineThat(failingRow(words));
  const error = await errorOfPromise(pullImage(docker, REF, { onProgress: () => {} }, HURRIED));
  expect(error.code).toBe(code);
});

test('a status that is an error is read as a row is', async () => {
  const docker = await engineThat((_request, response) => {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"manifest unknown"}');
  });
  expect((await errorOfPromise(pullImage(docker, REF, { onProgress: () => {} }, HURRIED))).code).toBe('NO_SUCH_IMAGE');
});

test('an engine that dies in the middle is unreachable, not a failed pull', async () => {
  const docker = await engineThat((_request, response) => {
    response.write('{"status":"Pulling"}\r\n', () => response.destroy());
  });
  expect((await errorOfPromise(pullImage(docker, REF, { onProgress: () => {} }, HURRIED))).code).toBe('ENGINE_UNREACHABLE');
});

test('a load that fills the disk says so', async () => {
  const docker = await engineThat((request, response) => {
    request.resume().on('end', () => failingRow('write /usr/local/bin/geth: no space left on device')(request, response));
  });
  expect((await errorOfPromise(loadImage(docker, chunks(3), () => {}))).code).toBe('DISK_FULL');
});

test('an archive that cannot be made fails the load with its own error', async () => {
  const docker = await engineThat((request, response) => {
    request.resume();
    response.write('{"status":"Loading layer"}\r\n');
  });
  const cause = new NodectlError('IMAGE_BUILD_FAILED', 'the binary is gone');
  expect(await errorOfPromise(loadImage(docker, chunks(2, cause), () => {}))).toBe(cause);
});

async function* chunks(count: number, failure?: Error): AsyncGenerator<Uint8Array> {
  for (let index = 0; index < count; index++) yield Buffer.alloc(1_000);
  if (failure === undefined) return;
  // Late enough that the engine has begun to answer: then the request itself can no longer carry the cause.
  await new Promise((resolve) => setTimeout(resolve, 200));
  throw failure;
}
