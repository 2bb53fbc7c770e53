import type { RequestListener, Server, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { openDockerEngine } from '../../../src/adapters/docker-engine/docker-engine.ts';
import { engineEvent } from '../../../src/adapters/docker-engine/engine-event.ts';
import type { EngineEvent, EventQuery } from '../../../src/ports/engine-events.ts';
import { errorOfPromise } from '../../error-code.ts';
import { listenAnywhere, stubEngine } from './stub-engine.ts';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** As Docker 20.10 and Podman 5 tell that a container ended. */
const DIE = {
  status: 'die',
  id: 'b304',
  from: 'nodectl/geth:v1.17.8',
  Type: 'container',
  Action: 'die',
  Actor: { ID: 'b304', Attributes: { exitCode: '137', image: 'nodectl/geth:v1.17.8', name: 'nodectl-dev', 'nodectl.node': 'dev' } },
  scope: 'local',
  time: 1795264378,
  timeNano: 1_795_264_378_358.465 * 1e6,
};
const row = (value: unknown) => `${JSON.stringify(value)}\n`;

/** Follows an engine whose answer to `/events` is written by `tell`. */
async function follow(tell: (response: ServerResponse, url: URL) => void, query: EventQuery = {}) {
  const listener: RequestListener = (request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    tell(response, new URL(request.url ?? '', 'http://engine'));
  };
  server = stubEngine('1.41', listener);
  const engine = await openDockerEngine({ DOCKER_HOST: `tcp://127.0.0.1:${await listenAnywhere(server)}` });
  const told: EngineEvent[] = [];
  const end = (async () => {
    for await (const event of engine.events(query)) told.push(event);
  })();
  end.catch(() => {});
  return { told, end };
}

describe('a row of the engine', () => {
  it('is an event with what matters of it in our words', () => {
    expect(engineEvent(DIE)).toEqual({
      time: 1795264378358,
      action: 'die',
      containerId: 'b304',
      containerName: 'nodectl-dev',
      labels: { 'nodectl.node': 'dev' },
      exitCode: 137,
      signal: undefined,
      attributes: { image: 'nodectl/geth:v1.17.8' },
    });
  });

  it('does not repeat the words that a program was started with', () => {
    expect(JSON.stringify(engineEvent({ ...DIE, Action: 'exec_start: geth --password secret' }))).not.toContain('secret');
  });

  it.each([
    ['nothing', null],
    ['text', 'die'],
    ['a list', [DIE]],
    ['of another kind', { ...DIE, Type: 'network' }],
    ['without an actor', { ...DIE, Actor: null }],
    ['without an id', { ...DIE, Actor: { ID: 7 } }],
    ['without an action', { ...DIE, Action: { die: true } }],
    ['without a time', { ...DIE, time: '1', timeNano: null }],
  ])('that is %s is none', (_what, value) => {
    expect(engineEvent(value)).toBeUndefined();
  });

  it.each([
    ['no attributes', { ID: 'b304' }, { containerName: '', exitCode: undefined, labels: {} }],
    ['attributes that are no words', { ID: 'b304', Attributes: { name: 7, exitCode: 137 } }, { containerName: '', exitCode: undefined }],
    [
      'an exit code that is none',
      { ID: 'b304', Attributes: { exitCode: 'NaN', signal: '0x9' } },
      { exitCode: undefined, signal: undefined },
    ],
  ])('with %s is told without them', (_what, Actor, expected) => {
    expect(engineEvent({ ...DIE, Actor })).toMatchObject(expected);
  });
});

describe('following the events', () => {
  it('asks for our containers, or for one, in the span that is wanted', async () => {
    const asked: URL[] = [];
    const tell = (response: ServerResponse, url: URL) => {
      asked.push(url);
      response.end();
    };
    await (await follow(tell, { since: 1_500, until: 2_250 })).end;
    server?.close();
    await (await follow(tell, { until: 2_250, container: 'x' })).end;
    expect(asked.map(({ searchParams }) => Object.fromEntries(searchParams))).toMatchObject([
      { since: '1.500', until: '2.250', filters: '{"type":["container"],"label":["nodectl.node"]}' },
      { filters: '{"type":["container"],"container":["x"]}' },
    ]);
  });

  it('passes over rows that are no events, wherever they are cut', async () => {
    const { told, end } = await follow((response) => {
      const text = `${row({ ...DIE, Type: 'network' })}\n${row([])}${row(DIE)}`;
      response.write(text.slice(0, text.length - 40));
      setTimeout(() => response.end(text.slice(-40)), 20);
    });
    await errorOfPromise(end);
    expect(told.map(({ action }) => action)).toEqual(['die']);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['shuts down', (response) => response.end()],
    ['shuts down in the middle of a row', (response) => response.end('{"Type":"cont')],
    ['is killed', (response) => response.write(row(DIE), () => response.destroy())],
  ])("ends with the engine's error when it %s", async (_how, tell) => {
    const { end } = await follow(tell);
    expect((await errorOfPromise(end)).code).toBe('ENGINE_UNREACHABLE');
  });

  it.each([
    ['what is not JSON', '<html>\n'],
    ['a row without end', 'x'.repeat(2 ** 20 + 1)],
  ])('ends with ENGINE_FAILED at %s', async (_what, text) => {
    const { end } = await follow((response) => response.write(text));
    expect((await errorOfPromise(end)).code).toBe('ENGINE_FAILED');
  });

  it('ends quietly when nobody wants them any more, also before the engine answered', async () => {
    const wanted = new AbortController();
    const { told, end } = await follow((response) => response.write(row(DIE)), { signal: wanted.signal });
    await expect.poll(() => told.length).toBe(1);
    wanted.abort();
    await end;
    const { end: never } = await follow(() => {}, { signal: AbortSignal.abort() });
    await never;
  });
});
