import { describe, expect, it } from 'vitest';
import { plainSecretNotes } from '../../../src/node/endpoints/plain-secret.ts';

const SECRET = 'hunter2';

describe('an address of one’s own that shows a secret on its way', () => {
  it.each([
    ['user and password', `http://alice:${SECRET}@rpc.example`],
    ['a user alone', `http://${SECRET}@rpc.example:8545`],
    ['a key in its path', `http://rpc.example/v2/${SECRET}`],
    ['a key in its query', `http://rpc.example/?apikey=${SECRET}`],
    ['a public address of IPv4', `http://alice:${SECRET}@203.0.113.5:5052`],
    ['a public address of IPv6', `http://alice:${SECRET}@[2001:db8::5]`],
    ['an address that only begins with the letters of a private one', `http://alice:${SECRET}@[fe8::5]`],
    ['a public IPv4 address written as IPv6', `http://alice:${SECRET}@[::ffff:203.0.113.5]`],
    ['addresses just beyond the private ranges', `http://alice:${SECRET}@172.32.0.1`],
    ['addresses just beyond those that VPNs share', `http://alice:${SECRET}@100.128.0.1`],
    ['a name that only begins as a private one', `http://alice:${SECRET}@10.0.0.1.example`],
    ['a name that only ends as a private one', `http://alice:${SECRET}@notlocal.example.`],
  ])('is told, by scheme and host alone: %s', (_words, url) => {
    const notes = plainSecretNotes([url]);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toContain(`http://${new URL(url).host} `);
    expect(notes[0]).not.toMatch(/hunter2|alice/);
  });

  it.each([
    ['it is encrypted', `https://alice:${SECRET}@rpc.example/${SECRET}`],
    ['it bears nothing', 'http://rpc.example:8545/'],
    ['its host is this one', `http://alice:${SECRET}@127.0.0.1:8545`],
    ['its host is this one, by IPv6', `http://alice:${SECRET}@[::1]:8545`],
    ['its host is this one, by IPv4 written as IPv6', `http://alice:${SECRET}@[::ffff:127.0.0.1]`],
    ['its host is the engine’s bridge', `http://alice:${SECRET}@172.17.0.1:8545`],
    ['its host is of a private network', `http://10.0.0.5/${SECRET}`],
    ['its host is of a private network of IPv6', `http://[fd00::5]/${SECRET}`],
    ['its host is on the same wire', `http://[fe80::5]/${SECRET}`],
    ['its host is of a VPN', `http://alice:${SECRET}@100.64.0.7`],
    ['its name is no name of the internet', `http://alice:${SECRET}@nas:8545`],
    ['its name is of the local network', `http://alice:${SECRET}@nas.local:8545`],
    ['it cannot be read', SECRET],
  ])('is none where %s', (_words, url) => {
    expect(plainSecretNotes([url])).toEqual([]);
  });

  it('is told once each', () => {
    const [one, other] = [`http://alice:${SECRET}@a.example`, `http://alice:${SECRET}@b.example`];
    expect(plainSecretNotes([one, 'https://c.example', other, one])).toHaveLength(2);
  });
});
