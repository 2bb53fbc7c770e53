import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CONSENSUS_CLIENT_TABLE, consensusClient } from '../../../src/node/consensus/client-table.ts';
import { CONSENSUS_CLIENTS } from '../../../src/node/consensus/consensus-spec.ts';
import { networkFiles } from '../../../src/node/consensus/network-files.ts';
import { parseImageReference, refuseMovingReference } from '../../../src/node/image-reference.ts';
import { PRIVATE, PUBLIC, SECRET_URL } from './client-request.ts';

test('every file of the folder is in the table, under its own name', () => {
  const files = readdirSync('src/node/consensus/clients').map((file) => file.replace(/\.ts$/, ''));
  expect([...files].sort()).toEqual([...CONSENSUS_CLIENTS].sort());
  expect(Object.entries(CONSENSUS_CLIENT_TABLE).map(([key, { name }]) => [key, name])).toEqual(
    CONSENSUS_CLIENTS.map((name) => [name, name]),
  );
});

describe.each(CONSENSUS_CLIENTS)('%s', (name) => {
  const client = consensusClient(name);

  test('has an image that does not move, of the version it says', () => {
    const reference = `${client.image.repository}:${client.image.tag}`;
    refuseMovingReference(reference);
    expect(parseImageReference(reference).tag).toContain(client.image.version);
    expect(client.image.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('needs less on a private network, and less to work than to be comfortable', () => {
    for (const { minimum, comfortable } of Object.values(client.memory)) expect(comfortable).toBeGreaterThan(minimum);
    expect(client.memory.private.comfortable).toBeLessThan(client.memory.public.minimum);
  });

  test.each([
    ['on a public network', PUBLIC],
    ['on a private one', PRIVATE],
  ])('listens for its REST API and for peers, and knows geth and the key by file, %s', (_where, request) => {
    const text = client.command(request).args.join(' ');
    for (const word of ['5052', String(request.ports.p2p ?? 9000), request.engineUrl, request.jwtFile, '/data']) {
      expect(text).toContain(word);
    }
  });

  test('is told of a provider with credentials by a file alone, or has no such file', () => {
    const request = { ...PUBLIC, checkpointUrl: SECRET_URL };
    if (client.configFile === undefined) return;
    const { args, env } = client.command(request);
    const seen = JSON.stringify([args, env, client.firstRun?.(request) ?? []]);
    for (const secret of ['user', 'pass', 'key-0123', 'token', 'checkpoint.example']) expect(seen).not.toContain(secret);
    expect(client.configFile(request)).toMatchObject({ mode: 0o600, content: expect.stringContaining(SECRET_URL) });
  });

  test('has the same words whether or not its file names a provider', () => {
    if (client.configFile === undefined) return;
    expect(client.command({ ...PUBLIC, checkpointUrl: null })).toEqual(client.command(PUBLIC));
  });
});

test("a private network's files have the names that clients look for in a folder", () => {
  const files = networkFiles(new Uint8Array([1]), new Uint8Array([2]), ['enr:-one', 'enr:-two']);
  expect(files.map(({ path, content }) => [path, content])).toEqual([
    ['nodectl/network/config.yaml', new Uint8Array([1])],
    ['nodectl/network/genesis.ssz', new Uint8Array([2])],
    ['nodectl/network/deposit_contract_block.txt', '0\n'],
    ['nodectl/network/deploy_block.txt', '0\n'],
    ['nodectl/network/bootstrap_nodes.txt', 'enr:-one\nenr:-two\n'],
  ]);
});
