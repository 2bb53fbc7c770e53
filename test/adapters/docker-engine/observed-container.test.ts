import type { ContainerInspectInfo } from 'dockerode';
import { describe, expect, it } from 'vitest';
import { observedContainer } from '../../../src/adapters/docker-engine/observed-container.ts';

/** What the engine says of a container with one published port. */
function inspected(asked: string, inForce: readonly { HostIp: string; HostPort: string }[]): ContainerInspectInfo {
  return {
    Id: 'a'.repeat(64),
    Name: '/geth',
    Created: '2026-11-21T12:00:00Z',
    State: { Status: 'running', StartedAt: '2026-11-21T12:00:00Z', FinishedAt: '0001-01-01T00:00:00Z' },
    Config: {},
    HostConfig: { PortBindings: { '8545/tcp': [{ HostIp: '127.0.0.1', HostPort: asked }] } },
    NetworkSettings: { Ports: { '8545/tcp': inForce } },
  } as unknown as ContainerInspectInfo;
}

describe('a published port', () => {
  it.each([
    ['that was asked for is that one', '18545', [{ HostIp: '127.0.0.1', HostPort: '18545' }], 18_545],
    ['that was asked for is that one where the container rests', '18545', [], 18_545],
    ['that the engine was to choose is the one it chose', '', [{ HostIp: '127.0.0.1', HostPort: '32779' }], 32_779],
    ['out of a range is the one it chose', '8000-8010', [{ HostIp: '127.0.0.1', HostPort: '8003' }], 8003],
    ['that the engine was to choose is none where the container rests', '', [], 0],
  ])('%s', (_what, asked, inForce, port) => {
    expect(observedContainer(inspected(asked, inForce)).ports[0]?.hostPort).toBe(port);
  });
});
