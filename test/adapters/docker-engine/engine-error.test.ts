import { describe, expect, it } from 'vitest';
import { parseEndpoint } from '../../../src/adapters/docker-engine/endpoint.ts';
import { engineError } from '../../../src/adapters/docker-engine/engine-error.ts';

const LOCAL = parseEndpoint('unix:///var/run/docker.sock', undefined);

describe("the engine's words", () => {
  it.each([
    [
      'NAME_TAKEN',
      409,
      'Conflict. The container name "/a" is already in use by container "b". You have to remove (or rename) that container to be able to reuse that name.',
    ],
    [
      'PORT_TAKEN',
      500,
      'driver failed programming external connectivity on endpoint a (b): Bind for 127.0.0.1:8545 failed: port is already allocated',
    ],
    [
      'PORT_TAKEN',
      500,
      'driver failed programming external connectivity on endpoint a (b): Error starting userland proxy: listen tcp4 127.0.0.1:8545: bind: address already in use',
    ],
    [
      'PORT_TAKEN',
      500,
      'failed to set up container networking: driver failed programming external connectivity on endpoint a (b): failed to bind host port for 127.0.0.1:8545:172.17.0.2:8545/tcp: address already in use',
    ],
    ['NODE_NOT_RUNNING', 409, 'Container 1f2e is not running'],
    ['NODE_NOT_RUNNING', 409, 'can only create exec sessions on running containers: container state improper'],
    ['CONTAINER_PAUSED', 409, 'Container 1f2e is paused, unpause the container before exec'],
    ['CONVERGENCE_FAILED', 409, 'cannot remove container "/a": container is paused and must be unpaused first'],
    ['NO_SUCH_IMAGE', 404, 'No such image: nodectl-test/absent:v0'],
    ['DISK_FULL', 500, 'Error processing tar file(exit status 1): write /x: no space left on device'],
    ['STORAGE_IMPOSSIBLE', 400, 'create x: quota size requested but no quota support'],
    ['STORAGE_IMPOSSIBLE', 500, "--storage-opt is supported only for overlay over xfs with 'pquota' mount option"],
    ['IMAGE_WRONG_ARCHITECTURE', 400, 'failed to create task for container: exec /geth: exec format error: unknown'],
    [
      'IMAGE_NOT_GETH',
      400,
      'OCI runtime create failed: container_linux.go:380: starting container process caused: exec: "geth": executable file not found in $PATH: unknown',
    ],
    [
      'IMAGE_NOT_GETH',
      400,
      'failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec: "/absent": stat /absent: no such file or directory: unknown',
    ],
    ['NO_SUCH_NODE', 404, 'No such container: a'],
    ['NO_SUCH_NODE', 409, 'container is marked for removal and cannot be started'],
    ['ENGINE_TOO_OLD', 400, 'client version 1.47 is too new. Maximum supported API version is 1.41'],
    ['ENGINE_FAILED', 409, 'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time'],
    ['CONVERGENCE_FAILED', 409, 'You cannot remove a running container 0a1b. Stop the container before attempting removal or force remove'],
    ['CONVERGENCE_FAILED', 409, 'cannot remove container "a": container is running: stop the container before removing or force remove'],
    ['ENGINE_FAILED', 500, 'invalid mount path'],
  ])('mean %s: %i %s', (code, statusCode, words) => {
    const error = Object.assign(new Error(`(HTTP code ${statusCode}) unexpected - ${words} `), { statusCode });
    const told = engineError(error, LOCAL, { purpose: 'try' });
    expect(told.code).toBe(code);
    expect(told.message).toBe(`Could not try: ${words}`);
    expect(told.facts).toEqual({ endpoint: 'unix:///var/run/docker.sock' });
  });

  it('count for nothing when it was the person who interrupted', () => {
    const told = engineError(new Error('aborted'), LOCAL, { purpose: 'try', signal: AbortSignal.abort() });
    expect(told.code).toBe('INTERRUPTED');
  });

  it.each([
    ['ECONNREFUSED', 'ENGINE_NOT_RUNNING'],
    ['EACCES', 'ENGINE_NO_PERMISSION'],
    ['ECONNRESET', 'ENGINE_UNREACHABLE'],
  ])('are missing with %s, which means %s', (code, meaning) => {
    expect(engineError(Object.assign(new Error('x'), { code }), LOCAL, { purpose: 'try' }).code).toBe(meaning);
  });
});
